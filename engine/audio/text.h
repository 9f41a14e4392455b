// Turns text of unknown origin into text that every output can carry.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

inline constexpr std::size_t max_tag_bytes = 4096;

/// `text` up to its first NUL and at most `max_tag_bytes` long, without surrounding white space. Bytes that are not
/// UTF-8 become U+FFFD.
std::string clean_text(std::string_view text);

}  // namespace echofold
