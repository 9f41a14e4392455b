// When the index file is good enough, and what belongs in the delta.
#include "engine/dedupe/index_file.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/store/damage_signals.h"

namespace echofold {
namespace {

constexpr std::size_t delta_share = 10;  // the file is rebuilt if more than one in so many differ

std::uint64_t fnv1a(std::string_view bytes) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

std::vector<TrackId> missing_from(const std::vector<TrackId>& inside, const std::vector<TrackId>& wanted) {
  std::vector<TrackId> missing;
  std::set_difference(wanted.begin(), wanted.end(), inside.begin(), inside.end(),
                      std::back_inserter(missing));
  return missing;
}

}  // namespace

std::filesystem::path index_path(const Store& store) { return store.dir() / "index.faiss"; }

/// True if every posting is an item that the library has or had.
IndexBounds bounds_of(const Store& store) {
  std::error_code failed;
  const std::uint64_t bytes = std::filesystem::file_size(store.dir() / "data.mdb", failed);
  return {store.snapshot().last_track_id(), failed ? 0 : bytes / sizeof(Item)};
}

std::optional<CandidateIndex> open_index_file(const Store& store, const KeySettings& keys) {
  return CandidateIndex::open(index_path(store), fnv1a(store.library_id()), keys, bounds_of(store));
}

std::size_t difference_count(const std::vector<TrackId>& a, const std::vector<TrackId>& b) {
  return missing_from(a, b).size() + missing_from(b, a).size();
}

void renew_index_file(const Store& store, const std::vector<TrackId>& representatives,
                      const KeySettings& keys, bool to_be_probed, const Progress& progress) {
  if (representatives.empty()) return;
  if (const auto file = open_index_file(store, keys)) {
    const std::vector<TrackId>& inside = file->track_ids();
    const bool is_recent = difference_count(inside, representatives) * delta_share <= inside.size();
    if (is_recent && (!to_be_probed || file->intact())) return;
  }
  const Snapshot snapshot = store.snapshot();
  const IndexStamp stamp{fnv1a(store.library_id()), representatives.back(), keys};
  CandidateIndex::build(index_path(store), with_items(snapshot, representatives), stamp, progress);
}

CandidateIndex open_whole_index(const Store& store, const Snapshot& snapshot,
                                const std::vector<TrackId>& representatives, const KeySettings& keys) {
  auto file = open_index_file(store, keys);
  CandidateIndex index =
      file ? *std::move(file) : CandidateIndex::empty({fnv1a(store.library_id()), 0, keys});
  const std::vector<TrackId> newer = missing_from(index.track_ids(), representatives);
  if (!newer.empty()) index.add(with_items(snapshot, newer));
  return index;
}

std::vector<IndexedTrack> with_items(const Snapshot& snapshot, const std::vector<TrackId>& ids) {
  std::vector<IndexedTrack> tracks(ids.size());
  // Reads each whole fingerprint, to compare its checksum.
  parallel_for(ids.size(), [&](std::size_t i) {
    tracks[i] = {ids[i], snapshot.items(ids[i])};
    if (tracks[i].items.empty())  // nothing could match this track
      throw Error(Fault::damaged,
                  "track " + std::to_string(ids[i]) + " has lost its fingerprint; " + damage_advice);
  });
  return tracks;
}

}  // namespace echofold
