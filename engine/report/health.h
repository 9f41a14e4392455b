// What `check` found, for people and for programs.
#pragma once

#include <string>

#include "index/store/repair.h"

namespace echofold {

/// The databases with their entries, then one line for each thing that is hurt. Nothing but a line when all is whole.
std::string health_table(const LibraryHealth& health);
/// What was saved, and where the damaged file is.
std::string repaired_text(const Repaired& repaired);

/// One echofold.damage/1 a line: table, track, path, why.
std::string damage_to_line(const Damage& damage);
/// echofold.check/1: whole, tables, and of a repair what was saved and where the damaged file is.
std::string health_to_line(const LibraryHealth& health, const Repaired* repaired);

}  // namespace echofold
