// The order in which files get their new names, so that each new name is free in its turn.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/act/rename.h"

namespace echofold {

/// A file whose new name another file still has comes after that one. If files wait for each other in a ring, one of
/// them gets a temporary name first (`via`, set here). Names that differ only by case or normal form count as one.
/// Deterministic: files that need not wait come in the order of the list.
/// @param free_name  returns a name beside the path that no file has or gets
std::vector<RenameTurn> order_of(std::vector<Rename>& renames,
                                 const std::function<std::string(const std::string& path)>& free_name);

}  // namespace echofold
