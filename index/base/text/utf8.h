// Reads and writes UTF-8, one character at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace echofold {

/// A character at the start of a text.
struct Utf8Character {
  std::size_t bytes = 0;  ///< 0: the text is empty or starts with no well-formed character
  char32_t code_point = 0;
};

/// Well-formed by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
Utf8Character first_character(std::string_view text) noexcept;

/// Whether all of the text is well-formed.
bool is_utf8(std::string_view bytes) noexcept;

/// Appends the UTF-8 of a code point below U+110000. A surrogate is encoded like any other code point.
void append_utf8(std::string& out, char32_t code_point);

/// The text with U+FFFD in the place of each byte that belongs to no well-formed character.
std::string with_replacements(std::string_view bytes);

}  // namespace echofold
