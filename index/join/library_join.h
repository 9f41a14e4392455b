// Joins a large library with itself.
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/join/join.h"
#include "index/join/join_cost.h"

namespace echofold {

/// All pairs among `tracks`, for large libraries: by keys in memory instead of an index. Candidates
/// are verified where they are found. Sorted by (a, b); the same for every number of threads.
///
/// Needs 10 to 17 bytes for each filed item (a quarter of all items are filed). There is no second or third probe.
/// @param tracks  each id once, ascending
/// @param cost    if not null, gets what was done and how long each stage took
/// @throws Error Fault::interrupted when `stop` is requested
std::vector<MatchedPair> join_library(std::span<const IndexedTrack> tracks, const JoinSettings& settings,
                                      const Progress& progress = {}, const std::stop_token& stop = {},
                                      JoinCost* cost = nullptr);

}  // namespace echofold
