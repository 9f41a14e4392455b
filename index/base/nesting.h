// How deep text from outside may be nested. Parsers go down by recursion, and so does what takes their trees apart: a file of
// 100 kB can hold more levels than a stack has room for. So the text is looked through before a parser gets it.
#pragma once

#include <cstddef>
#include <string_view>

namespace echofold {

/// Levels that any text may have: nothing that echofold reads or writes has more than a dozen.
inline constexpr std::size_t most_levels = 100;

/// Arrays and objects of a JSON text; strings are passed over. Of what is no JSON it says nothing: a parser stops there.
/// @throws Error Fault::usage for more than most_levels
void require_shallow_json(std::string_view text);

/// Tables and arrays of a TOML text: every part of a dotted key and of a header is a level. Strings and comments are passed
/// over. Of what is no TOML it says nothing: a parser stops there.
/// @throws Error Fault::usage for more than most_levels
void require_shallow_toml(std::string_view text);

}  // namespace echofold
