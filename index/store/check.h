// Reads and checks a whole library with LMDB. Private to the store.
#pragma once

#include <filesystem>
#include <optional>

#include "index/base/error.h"

namespace echofold {

/// Reads and checks everything in the library in a child process, since LMDB may end the process on a damaged file.
/// @param trust_size  read the data file even when it is cut short
/// @return            the first error; nothing when all is well
std::optional<Error> reading_fails(const std::filesystem::path& dir, bool trust_size);

}  // namespace echofold
