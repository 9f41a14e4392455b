// The library's index file: opened with what is newer on top, built again when it is out of date.
//
// The file knows its library and its tracks, ids are never used twice, and a track whose items change gets a
// new id: so whatever file of this library there is can be used, whenever it was built.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/store/store.h"

namespace echofold {

/// `<dir>/index.faiss`
std::filesystem::path index_path(const Store& store);

/// The file alone, without what is newer; nothing when there is none for this library and these keys.
std::optional<CandidateIndex> open_index_file(const Store& store, const KeySettings& keys);

/// How many ids are in one of two ascending lists only.
std::size_t difference_count(const std::vector<TrackId>& a, const std::vector<TrackId>& b);

/// Builds the file where there is none for this library and these keys, or more than a tenth of it is newer
/// or gone. Does nothing for an empty library.
/// @param to_be_probed  its postings are read whole, and it is built again when a byte of them is off: what a probe
///                      does not find for that would never be looked for again
/// @throws Error Fault::io, Fault::full
void renew_index_file(const Store& store, const std::vector<TrackId>& representatives,
                      const KeySettings& keys, bool to_be_probed, const Progress& progress);

/// The file with a delta of what is newer; a delta of everything where there is no file. It may hold tracks
/// that are gone: their items are empty.
CandidateIndex open_whole_index(const Store& store, const Snapshot& snapshot,
                                const std::vector<TrackId>& representatives, const KeySettings& keys);

/// Ids with their items; the spans live as long as the snapshot.
std::vector<IndexedTrack> with_items(const Snapshot& snapshot, const std::vector<TrackId>& ids);

}  // namespace echofold
