// What the review page shows of a file beside its own record: its album, and the playlists that name it.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

struct AlbumNote {
  std::string title;
  std::uint32_t tracks = 0;  ///< of it in the folder of the file
  std::uint32_t of = 0;      ///< that it should have, as a tag says; 0: none does
};

struct FileNotes {
  std::unordered_map<TrackId, AlbumNote> albums;
  std::unordered_map<TrackId, std::vector<std::string>> playlists;  ///< their paths
};

/// The notes on all files of a plan. Reads all records of the library once, and the playlists below its roots.
/// @throws Error Fault::interrupted
FileNotes notes_on(const Plan& plan, const Snapshot& snapshot, const std::stop_token& stop);

}  // namespace echofold
