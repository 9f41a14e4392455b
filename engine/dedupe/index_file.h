// The library's index file: opened with a delta of newer tracks, and rebuilt when it is out of date.
//
// The file names its library and its tracks. Ids are never reused, and a track whose items change gets a new id. So any
// index file of this library can be used, whenever it was built.
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

/// The file alone, without a delta; nothing if there is none for this library and these keys.
std::optional<CandidateIndex> open_index_file(const Store& store, const KeySettings& keys);

/// How many ids are in only one of two ascending lists.
std::size_t difference_count(const std::vector<TrackId>& a, const std::vector<TrackId>& b);

/// Builds the file if there is none for this library and these keys, or if more than a tenth of its tracks are newer or
/// gone. Does nothing for an empty library.
/// @param to_be_probed  its postings are read whole, and the file is rebuilt if one byte of them is wrong: what a probe
///                      misses for that reason would never be searched for again
/// @throws Error Fault::io, Fault::full
void renew_index_file(const Store& store, const std::vector<TrackId>& representatives,
                      const KeySettings& keys, bool to_be_probed, const Progress& progress);

/// The file with a delta of newer tracks; a delta of everything if there is no file. It may contain tracks that are
/// gone: their items are empty.
CandidateIndex open_whole_index(const Store& store, const Snapshot& snapshot,
                                const std::vector<TrackId>& representatives, const KeySettings& keys);

/// Ids with their items; the spans are valid as long as the snapshot.
std::vector<IndexedTrack> with_items(const Snapshot& snapshot, const std::vector<TrackId>& ids);

}  // namespace echofold
