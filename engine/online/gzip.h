// Compressed bodies of requests and stored answers. Nothing else includes zlib.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace echofold {

/// RFC 1952. @throws std::bad_alloc
std::string gzipped(std::string_view bytes);

/// Nothing if the bytes are not one complete gzip, or unpack to more than `most_bytes`. @throws std::bad_alloc
std::optional<std::string> gunzipped(std::string_view packed, std::size_t most_bytes);

}  // namespace echofold
