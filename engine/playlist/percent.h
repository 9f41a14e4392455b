// Percent-encoding of names, as URIs and some players have it (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// True when there is a "%" with two hexadecimal digits behind it.
bool has_escape(std::string_view text) noexcept;

/// A "%" without two digits stays as it is.
std::string percent_decoded(std::string_view text);

/// As `like` is written: what stands plain there stands plain, what is encoded there is encoded, the rest as RFC 3986
/// has it for a path. What is decoded again gives `bytes`.
std::string percent_encoded(std::string_view bytes, std::string_view like);

}  // namespace echofold
