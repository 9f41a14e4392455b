// Parses the head of an HTTP request, within limits, before the HTTP library sees any of it.
#pragma once

#include <cstddef>
#include <string_view>

#include "tools/review/web_request.h"

namespace echofold {

inline constexpr std::size_t longest_head_bytes = std::size_t{16} << 10;
inline constexpr std::size_t longest_body_bytes = std::size_t{64} << 10;

/// @param head  up to and with the empty line
/// @throws WebError  400 for what is not HTTP/1.1 or 1.0, or repeats a header that must be there once; 404 for a path
///                   or query with any other characters than those of our own links; 405 for any method but GET and
///                   POST; 411, 413 for a body without a length, or a longer one than the limit; 416 for a Range that
///                   is not one range of bytes. A well-formed Range is ignored, as the standard permits
WebHead parse_head(std::string_view head);

/// The value of one `name=value` of a query; empty if it is not there. Our links have no escaped characters.
std::string_view query_value(std::string_view query, std::string_view name) noexcept;

}  // namespace echofold
