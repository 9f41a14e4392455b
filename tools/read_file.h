// One file that need not be in the library, fingerprinted: for `query` and `compare`.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "index/fingerprint.h"
#include "index/record.h"

namespace echofold {

struct LooseTrack {
  TrackRecord record;  ///< without an id
  std::vector<Item> items;
};

/// @throws Error  naming the path, when it can't be opened or holds no audio
LooseTrack read_loose_track(const std::string& path, const std::stop_token& stop);

}  // namespace echofold
