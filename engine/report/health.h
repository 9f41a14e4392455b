// What `check` found, for people and for programs.
#pragma once

#include <string>

#include "index/store/repair.h"

namespace echofold {

/// The databases with their entries, then a line for each damaged entry. A single line if all is whole.
std::string health_table(const LibraryHealth& health);
/// What was salvaged, and where the damaged file is.
std::string repaired_text(const Repaired& repaired);

/// One echofold.damage/1 per line: table, track, path, why.
std::string damage_to_line(const Damage& damage);
/// echofold.check/1: whole, tables, and after a repair what was salvaged and where the damaged file is.
std::string health_to_line(const LibraryHealth& health, const Repaired* repaired);

}  // namespace echofold
