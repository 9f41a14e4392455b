// The colours of tables.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

enum class Colour { green, yellow, red, grey, bold };

inline std::string coloured(std::string_view text, Colour colour, bool enabled) {
  if (!enabled) return std::string(text);
  const char* code = "1";
  switch (colour) {
    case Colour::green:
      code = "32";
      break;
    case Colour::yellow:
      code = "33";
      break;
    case Colour::red:
      code = "31";
      break;
    case Colour::grey:
      code = "90";
      break;
    case Colour::bold:
      break;
  }
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace echofold
