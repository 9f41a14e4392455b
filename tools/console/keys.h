// Single keys of the terminal behind stdin.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace echofold {

/// What next_key() gives when the screen has to be drawn again: after Ctrl-Z and `fg`, and for Ctrl-L.
inline constexpr const char* redraw_key = "\f";

/// Waits for a key. @return its bytes: a character of UTF-8, or the whole sequence of an arrow or function key; "" for Enter. Nothing
///                          at the end of the input, for Ctrl-D, and when asked to stop
std::optional<std::string> next_key(const std::stop_token& stop);

/// Waits so long for a key and takes it. @return whether one came, or nothing can come any more
bool wait_for_key(const std::stop_token& stop, std::chrono::milliseconds longest);

}  // namespace echofold
