// Programs differ in what they encode: the old entry shows the style.
#include "engine/playlist/percent.h"

#include <bitset>

namespace echofold {
namespace {

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that the escape at `at` stands for; -1 if there is none.
int escaped_at(std::string_view text, std::size_t at) noexcept {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  const int high = hex_digit(text[at + 1]), low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool is_letter(unsigned char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Which bytes are not encoded, and the case of the hexadecimal digits.
struct EncodingStyle {
  std::bitset<256> plain;
  bool lower_case = false;

  explicit EncodingStyle(std::string_view like) {
    constexpr std::string_view of_a_path = "-._~!$&'()*+,;=:@/";
    for (const char c : of_a_path) plain.set(static_cast<unsigned char>(c));
    bool upper_seen = false, lower_seen = false;
    for (std::size_t at = 0; at < like.size(); ++at) {
      const int byte = escaped_at(like, at);
      if (byte < 0) {
        take_plain(static_cast<unsigned char>(like[at]));
        continue;
      }
      if (byte < 0x80) plain.reset(static_cast<std::size_t>(byte));
      for (const char c : like.substr(at + 1, 2)) {
        upper_seen = upper_seen || (c >= 'A' && c <= 'F');
        lower_seen = lower_seen || (c >= 'a' && c <= 'f');
      }
      at += 2;
    }
    for (std::size_t c = 0; c < 0x80; ++c)
      if (is_letter(static_cast<unsigned char>(c)) || c == '/') plain.set(c);
    for (const char c : {'%', '\r', '\n', '\0'}) plain.reset(static_cast<unsigned char>(c));
    lower_case = lower_seen && !upper_seen;
  }

 private:
  void take_plain(unsigned char c) {
    if (c < 0x80) plain.set(c);
    for (std::size_t other = 0x80; c >= 0x80 && other < 256; ++other) plain.set(other);
  }
};

}  // namespace

bool has_escape(std::string_view text) noexcept {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (escaped_at(text, at) >= 0) return true;
  return false;
}

std::string percent_decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int byte = escaped_at(text, at);
    bytes += byte < 0 ? text[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
  return bytes;
}

std::string percent_encoded(std::string_view bytes, std::string_view like) {
  const EncodingStyle style(like);
  const std::string_view digits = style.lower_case ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (style.plain.test(byte)) {
      text += c;
      continue;
    }
    text += '%';
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace echofold
