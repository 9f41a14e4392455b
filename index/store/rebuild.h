// A new library from the entries of another that are whole. Private to the store.
#pragma once

#include <filesystem>
#include <string>

#include "index/store/repair.h"
#include "index/store/validator.h"

namespace echofold {

/// Makes a library in `dir`, which must not hold one, with all that `tables` has after validate(), and counts it in
/// `repaired`.
void rebuild_library(const std::filesystem::path& dir, Salvage& tables, const Validated& validated,
                     const std::string& library_id, Repaired& repaired);

}  // namespace echofold
