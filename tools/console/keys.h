// Single keys of the terminal behind stdin.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace echofold {

/// Returned by next_key() when the screen has to be drawn again: after Ctrl-Z and `fg`, and for Ctrl-L.
inline constexpr const char* redraw_key = "\f";

/// Waits for a key.
/// @return its bytes: a character of UTF-8, or the whole sequence of an arrow or function key; "" for Enter. Nothing at
///         the end of the input, for Ctrl-D, and when a stop is requested
std::optional<std::string> next_key(const std::stop_token& stop);

inline constexpr const char* tab_key = "\t";

/// Waits up to `longest` for a key. @return its bytes, as next_key(); "" also when a stop is requested and at the end
///         of the input. Nothing when no key came
std::optional<std::string> key_within(const std::stop_token& stop, std::chrono::milliseconds longest);

}  // namespace echofold
