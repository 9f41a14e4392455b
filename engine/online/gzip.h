// Bodies of requests and kept answers, packed. Nothing else includes zlib.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace echofold {

/// RFC 1952. @throws std::bad_alloc
std::string gzipped(std::string_view bytes);

/// Nothing for what is no whole gzip, or unpacks to more than `most_bytes`. @throws std::bad_alloc
std::optional<std::string> gunzipped(std::string_view packed, std::size_t most_bytes);

}  // namespace echofold
