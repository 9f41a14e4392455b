// The fingerprints of labelled paths: from the library if it has them, else made now and not stored.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/audio/read_track.h"
#include "index/base/progress.h"
#include "index/model/fingerprint.h"
#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

struct LoadedTrack {
  std::string path;         ///< as requested
  TrackRecord record;       ///< its id is 0 for a file that is not in the library
  std::vector<Item> items;  ///< empty for a track that is too short
};

struct LoadedTracks {
  std::vector<LoadedTrack> tracks;    ///< sorted by path
  std::vector<LoadedTrack> failures;  ///< sorted by path; why is in record.failure

  /// Nothing for a path that failed or was not requested.
  std::optional<std::size_t> find(const std::string& path) const;
};

/// A path that the library knows is not opened, wherever its file is now; a track that failed there is tried again.
/// Other files are fingerprinted to the library's length, in parallel. A file with an error becomes a row of
/// `failures`. The result does not depend on the number of threads.
/// @param paths    absolute, sorted, each once
/// @param reader   reads the files that are not in the library
/// @param library  may be null: then every file is fingerprinted whole
/// @throws Error Fault::interrupted, and Fault::damaged from the library
LoadedTracks load_tracks(const std::vector<std::string>& paths, const Store* library,
                         const TrackReader& reader, const Progress& progress = {},
                         const std::stop_token& stop = {});

}  // namespace echofold
