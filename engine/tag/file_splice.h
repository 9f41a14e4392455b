// Puts bytes in the place of others in an open file.
#pragma once

#include <cstdint>
#include <string_view>

namespace echofold {

/// What follows `end` moves when the lengths differ.
/// @param fd  open for reading and writing. @throws Error Fault::io, Fault::full
void replace_range(int fd, std::uint64_t begin, std::uint64_t end, std::string_view bytes);

}  // namespace echofold
