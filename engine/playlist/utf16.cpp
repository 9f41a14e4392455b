// Works unit by unit.
#include "engine/playlist/utf16.h"

#include "index/base/text/utf8.h"

namespace echofold {
namespace {

constexpr std::uint32_t first_high = 0xd800, first_low = 0xdc00, after_low = 0xe000, first_pair = 0x10000;

std::uint32_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order) noexcept {
  const std::uint32_t first = static_cast<unsigned char>(bytes[at]);
  const std::uint32_t second = static_cast<unsigned char>(bytes[at + 1]);
  return order == ByteOrder::little ? first | second << 8 : first << 8 | second;
}

void put_unit(std::string& out, std::uint32_t unit, ByteOrder order) {
  const auto low = static_cast<char>(unit & 0xff), high = static_cast<char>(unit >> 8);
  out += order == ByteOrder::little ? low : high;
  out += order == ByteOrder::little ? high : low;
}

/// Whether the text begins with an unpaired surrogate: from_utf16() encodes it like any code point.
bool begins_with_half(std::string_view text) noexcept {
  return text.size() >= 3 && text[0] == '\xed' && static_cast<unsigned char>(text[1]) >= 0xa0;
}

/// Removes and returns the first letter of a non-empty text. Takes a byte that begins no letter as it is.
std::uint32_t take_letter(std::string_view& text) noexcept {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  auto [bytes, letter] = first_character(text);
  if (bytes == 0 && begins_with_half(text)) {
    letter = first_high | (byte(1) & 0x1f) << 6 | (byte(2) & 0x3f);
    bytes = 3;
  } else if (bytes == 0) {
    letter = byte(0);
    bytes = 1;
  }
  text.remove_prefix(bytes);
  return letter;
}

}  // namespace

std::optional<ByteOrder> utf16_order(std::string_view bytes) noexcept {
  if (bytes.size() < 2) return std::nullopt;
  if (bytes.starts_with("\xff\xfe")) return ByteOrder::little;
  if (bytes.starts_with("\xfe\xff")) return ByteOrder::big;
  if ((bytes[0] == '\0') == (bytes[1] == '\0')) return std::nullopt;
  return bytes[1] == '\0' ? ByteOrder::little : ByteOrder::big;
}

std::string from_utf16(std::string_view bytes, ByteOrder order) {
  std::string out;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const std::uint32_t unit = unit_at(bytes, at, order);
    const std::uint32_t next = at + 3 < bytes.size() ? unit_at(bytes, at + 2, order) : 0;
    const bool pair = unit >= first_high && unit < first_low && next >= first_low && next < after_low;
    append_utf8(out, pair ? first_pair + ((unit - first_high) << 10) + (next - first_low) : unit);
    if (pair) at += 2;
  }
  return out;
}

std::string to_utf16(std::string_view text, ByteOrder order) {
  std::string out;
  while (!text.empty()) {
    const std::uint32_t letter = take_letter(text);
    if (letter < first_pair) {
      put_unit(out, letter, order);
      continue;
    }
    put_unit(out, first_high + ((letter - first_pair) >> 10), order);
    put_unit(out, first_low + ((letter - first_pair) & 0x3ff), order);
  }
  return out;
}

}  // namespace echofold
