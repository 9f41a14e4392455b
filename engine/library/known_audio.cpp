// Three things must agree: a 128-bit hash over everything a decoder gets, its length, and the stored record.
#include "engine/library/known_audio.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace echofold {
namespace {

constexpr std::size_t few_files = 1000;
constexpr std::size_t share_of_library = 8;

}  // namespace

KnownAudio::KnownAudio(const Store& store, const KnownTracks& known,
                       std::span<const KnownTracks::Number> vanished, std::size_t unread)
    : store_(store), known_(known) {
  std::size_t gone = vanished.size();
  for (KnownTracks::Number number = 0; number < known.size(); ++number) {
    if (known[number].place == TrackPlace::missing) ++gone;
    if (!known[number].payload.known()) continue;
    any_ = true;
    sizes_.insert(known[number].stamp.size_bytes);
  }
  read_all_payloads_ = unread <= std::max(few_files, known.size() / share_of_library) || gone >= unread / 2;
}

bool KnownAudio::should_read_payload(const FoundFile& file) const {
  if (!any_) return false;
  if (read_all_payloads_ || sizes_.contains(file.stamp.size_bytes)) return true;
  const auto number = known_.find_path(file.path);
  return number && known_[*number].payload.known();
}

bool KnownAudio::is_known(const AudioHashes& hashes) const {
  return hashes.payload.known() &&
         known_.find_payload(hashes.payload, [](const KnownTrack&) { return true; }).has_value();
}

/// False if the folder can't be seen: a disk that is not mounted is not a move.
bool KnownAudio::has_left(KnownTracks::Number number) const {
  const KnownTrack& track = known_[number];
  if (track.seen || (track.place != TrackPlace::present && track.place != TrackPlace::missing)) return false;
  struct stat status {};
  return ::lstat(std::string(known_.path(track)).c_str(), &status) != 0 && errno == ENOENT;
}

/// Prefers the track at the file's own path, then one whose file is gone, then any.
std::optional<TrackRecord> KnownAudio::find(const Snapshot& snapshot, const FingerprintedFile& partial) {
  std::optional<TrackRecord> best;
  int best_rank = 3;
  const auto consider = [&](KnownTracks::Number number) {
    auto record = snapshot.track(known_[number].id);
    if (!record || record->place == TrackPlace::imported || record->status == TrackStatus::failed) return;
    if (record->hashes.payload != partial.record.hashes.payload ||
        record->hashes.payload_bytes != partial.record.hashes.payload_bytes)
      return;
    const bool is_free = has_left(number) && !moved_.contains(record->id);
    const int rank = record->path == partial.record.path ? 0 : is_free ? 1 : 2;
    if (rank >= best_rank) return;
    best_rank = rank;
    best = std::move(record);
  };
  known_.find_payload(partial.record.hashes.payload, [&](const KnownTrack& track) {
    consider(known_.number_of(track));
    return best_rank == 0;
  });
  return best;
}

std::optional<FingerprintedFile> KnownAudio::completed(const FingerprintedFile& partial) {
  const Snapshot snapshot = store_.snapshot();
  std::optional<TrackRecord> source = find(snapshot, partial);
  if (!source) return std::nullopt;
  FingerprintedFile file;
  const Items items = snapshot.items(source->id);
  file.items.assign(items.begin(), items.end());
  file.variants = snapshot.variants(source->id);
  file.record = partial.record;
  file.record.status = source->status;
  file.record.failure.clear();
  file.record.quality = source->quality;
  file.record.hashes = source->hashes;
  file.record.properties = source->properties;
  file.record.properties.container = partial.record.properties.container;

  const auto number = known_.find_path(source->path);
  const bool is_new_path = !snapshot.find_path(partial.record.path);
  if (source->path == partial.record.path) {
    file.origin = FingerprintedFile::Origin::same_place;
  } else if (is_new_path && number && has_left(*number) && moved_.insert(source->id).second) {
    file.origin = FingerprintedFile::Origin::moved;
    file.record.id = source->id;
  } else {
    file.origin = FingerprintedFile::Origin::copied;
  }
  return file;
}

}  // namespace echofold
