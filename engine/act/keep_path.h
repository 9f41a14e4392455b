// The keeper at its loser's place: what points at the loser finds the better copy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/act/journal.h"
#include "index/record.h"

namespace echofold {

/// The move that gives the keeper the folder and stem of `loser`, whose file is set aside by now, with the keeper's own
/// extension. A name that is taken, also but for case or normal form, is numbered: "x (2).flac".
/// @param why  set to the reason where the keeper has to stay: it is protected, or has several names
/// @return     without number and root; nothing when the keeper stays, or is there already
std::optional<Move> move_to_place(const TrackRecord& keeper, const std::string& loser,
                                  const std::vector<std::string>& protected_folders, std::string& why);

}  // namespace echofold
