// Reads one file, in the library or not, with its fingerprint: for `query` and `compare`.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "engine/audio/read_track.h"
#include "index/model/fingerprint.h"
#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

struct LooseTrack {
  TrackRecord record;  ///< with an id only where the library knows this file
  std::vector<Item> items;
};

/// @throws Error  naming the path, when it can't be opened or holds no audio
LooseTrack read_loose_track(const std::string& path, const TrackReader& reader, const std::stop_token& stop);

/// The same, but a file that did not change since its scan is not read again. @throws Error as above
LooseTrack known_or_read(const Snapshot& snapshot, const std::string& path, const TrackReader& reader,
                         const std::stop_token& stop);

}  // namespace echofold
