// A plan as an M3U8 playlist of what would go, to listen to before acting.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "engine/dedupe/plan.h"

namespace echofold {

/// Writes `#EXTM3U`, then for each group with something to move or to review a comment that names the keeper, and its
/// losers as `#EXTINF` and path. Losers with Action::none are left out. Paths are written as their bytes.
///
/// A path with a line break, or one that starts with #, can't be in a playlist: it is left out.
/// @return the paths left out for that reason
std::vector<std::string> write_plan_m3u(std::ostream& out, const Plan& plan);

/// The line "#EXTM3U".
std::string m3u_header();

/// `#EXTINF` and path of one track, where its file is now (a set-aside one in its set-aside folder).
/// @param folder  absolute; paths inside it are written relative to it. Empty: all are absolute
/// @return nothing for a path that can't be in a playlist
std::optional<std::string> m3u_entry(const TrackRecord& track, const std::string& folder);

}  // namespace echofold
