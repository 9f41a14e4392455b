// The size of an open file, which its limits follow from.
#pragma once

#include <cstdint>

namespace echofold {

/// @throws Error Fault::io
std::uint64_t file_size_bytes(int file);

}  // namespace echofold
