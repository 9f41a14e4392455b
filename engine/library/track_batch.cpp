// A batch is full by its number of tracks or items (long mixes are large), or by its age.
#include "engine/library/track_batch.h"

#include <utility>

namespace echofold {
namespace {

constexpr std::size_t max_items = std::size_t{16} << 20;  // 64 MB

std::size_t items_of(const FingerprintedFile& file) {
  std::size_t items = file.items.size();
  if (file.variants)
    for (const SpeedVariant& variant : file.variants->variants) items += variant.items.size();
  return items;
}

/// The track whose own path this is, not one that only had this path as another hard link.
TrackId id_of(const Writer& writer, const std::string& path) {
  const auto id = writer.find_path(path);
  if (!id) return 0;
  const auto record = writer.track(*id);
  return record && record->path == path ? *id : 0;
}

}  // namespace

void TrackBatch::add(FingerprintedFile file) {
  const auto now = std::chrono::steady_clock::now();
  if (files_.empty()) first_at_ = now;
  items_ += items_of(file);
  files_.push_back(std::move(file));
  if (files_.size() >= max_tracks_ || items_ >= max_items || now - first_at_ >= max_age_) commit();
}

void TrackBatch::commit() {
  if (files_.empty()) return;
  store_.write([this](Writer& writer) {
    for (const FingerprintedFile& file : files_) {
      TrackRecord record = file.record;
      const bool has_moved = file.origin == FingerprintedFile::Origin::moved && writer.track(record.id);
      if (!has_moved) record.id = id_of(writer, record.path);
      const TrackId id = writer.put_track(std::move(record), file.items);
      if (file.variants) writer.put_variants(id, *file.variants);
    }
  });
  for (const FingerprintedFile& file : files_) stored_(file);
  files_.clear();
  items_ = 0;
}

}  // namespace echofold
