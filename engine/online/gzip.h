// Bodies of requests, compressed. Nothing else includes zlib.h.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// RFC 1952. @throws std::bad_alloc
std::string gzipped(std::string_view bytes);

}  // namespace echofold
