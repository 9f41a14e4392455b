// Percent-encoding of names, as in URIs and some players (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Whether the text has a "%" followed by two hexadecimal digits.
bool has_escape(std::string_view text) noexcept;

/// A "%" not followed by two digits stays as it is.
std::string percent_decoded(std::string_view text);

/// Encodes `bytes` in the style of `like`: characters that are plain there stay plain, those encoded there are
/// encoded, and the rest follow RFC 3986 for a path. Decoding the result gives `bytes`.
std::string percent_encoded(std::string_view bytes, std::string_view like);

}  // namespace echofold
