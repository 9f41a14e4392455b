// Reads characters with utf8proc.
#include "index/base/text/utf8.h"

#include <utf8proc.h>

#include <algorithm>

namespace echofold {

Utf8Character first_character(std::string_view text) noexcept {
  if (text.empty()) return {};
  if (const auto first = static_cast<unsigned char>(text.front()); first < 0x80) return {1, first};
  utf8proc_int32_t code_point = 0;
  const auto length = std::min<std::size_t>(text.size(), 4);
  const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                  static_cast<utf8proc_ssize_t>(length), &code_point);
  return n > 0 ? Utf8Character{static_cast<std::size_t>(n), static_cast<char32_t>(code_point)}
               : Utf8Character{};
}

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const std::size_t length = first_character(bytes).bytes;
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto continued = [&](unsigned shift) {
    out += static_cast<char>(0x80 | (code_point >> shift & 0x3f));
  };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xc0 | code_point >> 6);
    continued(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xe0 | code_point >> 12);
    continued(6);
    continued(0);
  } else {
    out += static_cast<char>(0xf0 | code_point >> 18);
    continued(12);
    continued(6);
    continued(0);
  }
}

std::string with_replacements(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const std::size_t length = first_character(bytes).bytes;
    out += length == 0 ? std::string_view("\xef\xbf\xbd") : bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

}  // namespace echofold
