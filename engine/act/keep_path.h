// Moves that bring the keeper to its loser's place, so that what points at the loser finds the better copy.
#pragma once

#include <string>
#include <vector>

#include "engine/act/going_along.h"
#include "engine/act/journal/move_step.h"
#include "index/model/record.h"

namespace echofold {

/// The moves that give the keeper the folder and stem of `loser`, with the keeper's own extension. The file at
/// `loser` is set aside by now. The keeper's partner files come first; their names follow the keeper's. If the name
/// is taken, or one that differs only in case or normal form, the keeper gets a number: "x (2).flac".
/// @param along  the partner files of the keeper
/// @return       the moves, without numbers and roots; none if the keeper has that name already
/// @throws Error if the keeper has to stay: it is protected, has several names, the name of a partner file is taken, or
///               a file is gone or can't be looked at
std::vector<Move> moves_to_place(const TrackRecord& keeper, const std::vector<Along>& along,
                                 const std::string& loser, const std::vector<std::string>& protected_folders);

}  // namespace echofold
