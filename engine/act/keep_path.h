// The keeper at its loser's place: what points at the loser finds the better copy.
#pragma once

#include <string>
#include <vector>

#include "engine/act/going_along.h"
#include "engine/act/journal/move_step.h"
#include "index/model/record.h"

namespace echofold {

/// The move that gives the keeper the folder and stem of `loser`, whose file is set aside by now, with the keeper's own
/// extension, and its partners their names in step, before it. A name that is taken, also but for case or normal form, is
/// numbered: "x (2).flac".
/// @param along  the partners of the keeper
/// @param why    set to the reason where the keeper has to stay: it is protected, has several names, or the name of a
///               partner is taken
/// @return       without numbers and roots; none when the keeper stays, or is there already
std::vector<Move> moves_to_place(const TrackRecord& keeper, const std::vector<Along>& along,
                                 const std::string& loser, const std::vector<std::string>& protected_folders,
                                 std::string& why);

}  // namespace echofold
