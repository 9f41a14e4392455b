// Finds out where a file is after a move that a crash or a failing disk interrupted.
#pragma once

#include <span>
#include <string>

#include "engine/act/journal/step.h"
#include "engine/act/recovery/resolved.h"

namespace echofold {

/// Looks where the file is, and removes what a crash left of a move in either direction.
///
/// A file under both names keeps its old place. The name in the set-aside folder is removed, but only if it is a
/// second link of the same file, a copy with the same bytes, or an empty placeholder of ours. Otherwise both stay,
/// and the file counts as set aside. Temporary copies of this move are removed once the file itself was seen. Nothing
/// else is ever removed. Never throws because of what it finds: an error gives `unknown`.
/// @param run_steps  of the same run, so that what another step left is not taken for this one's
Resolved resolve_move(const Move& move, const std::string& run, std::span<const Step> run_steps);

}  // namespace echofold
