// Makes a new library from the whole entries of a damaged one. Private to the store.
#pragma once

#include <filesystem>
#include <string>

#include "index/store/repair.h"
#include "index/store/validator.h"

namespace echofold {

/// Makes a library in `dir`, which must not hold one, from all that is in `tables` after validate(). Sets the counts of
/// `repaired`.
void rebuild_library(const std::filesystem::path& dir, Salvage& tables, const Validated& validated,
                     const std::string& library_id, Repaired& repaired);

}  // namespace echofold
