// Replaces bytes of an open file by others.
#pragma once

#include <cstdint>
#include <string_view>

namespace echofold {

/// What follows `end` moves if the lengths differ.
/// @param fd  open for reading and writing. @throws Error Fault::io, Fault::full
void replace_range(int fd, std::uint64_t begin, std::uint64_t end, std::string_view bytes);

}  // namespace echofold
