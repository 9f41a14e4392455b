// In which order files get their new names, so that each finds its own free.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/act/rename.h"

namespace echofold {

/// A file whose new name another still has comes after that one; where they wait for each other in a ring, one
/// waits under a name of its own (`via`, set here). Names that only case or normal form tells apart count as one.
/// Deterministic: what may come first comes in the order of the list.
/// @param free_name  a name beside the path that nobody has or gets
std::vector<RenameTurn> order_of(std::vector<Rename>& renames,
                                 const std::function<std::string(const std::string& path)>& free_name);

}  // namespace echofold
