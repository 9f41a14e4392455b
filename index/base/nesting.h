// Limits how deep text from outside may be nested. Parsers are recursive, and so are the destructors of their trees: a
// file of 100 kB can have more levels than fit on a stack. So the text is scanned before a parser gets it.
#pragma once

#include <cstddef>
#include <string_view>

namespace echofold {

/// The most levels that a text may have. Nothing that echofold reads or writes has more than a dozen.
inline constexpr std::size_t most_levels = 100;

/// Counts arrays and objects of a JSON text; skips strings. Does not recognise text that is no JSON: a parser stops
/// there.
/// @throws Error Fault::usage for more than most_levels
void require_shallow_json(std::string_view text);

/// Counts tables and arrays of a TOML text: every part of a dotted key and of a header is a level. Skips strings and
/// comments. Text that is no TOML is not recognised: a parser stops there.
/// @throws Error Fault::usage for more than most_levels
void require_shallow_toml(std::string_view text);

}  // namespace echofold
