// A plan as an M3U8 playlist of what would go: listen before you act.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "engine/dedupe/plan.h"

namespace echofold {

/// Writes `#EXTM3U`, then of each group with something to move or to review a comment that names the keeper,
/// and its losers as `#EXTINF` and path. Losers with Action::none are left out. Paths are the bytes they are.
///
/// A path with a line break, or one that starts with #, can't stand in a playlist: it is left out.
/// @return the paths left out
std::vector<std::string> write_plan_m3u(std::ostream& out, const Plan& plan);

}  // namespace echofold
