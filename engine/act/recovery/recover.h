// Finishes what a crash left half done.
#pragma once

#include <cstdint>

#include "index/store/store.h"

namespace echofold {

/// Resolves the moves and rewrites that a crash left in doubt, by looking where the files are, and updates the store.
/// Idempotent, and cheap if nothing is in doubt; apply() and undo() call it first. A move whose file can't be seen at
/// all (an unmounted drive) stays in doubt until the next call.
/// @return how many were resolved
std::uint64_t recover(Store& store);

}  // namespace echofold
