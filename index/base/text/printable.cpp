// Decides for each character of UTF-8 text whether it is safe, and how wide it is.
#include "index/base/text/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "index/base/text/utf8.h"

namespace echofold {
namespace {

struct Range {
  char32_t first, last;
};

template <std::size_t size>
bool is_in(char32_t c, const Range (&ranges)[size]) noexcept {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](Range r) { return r.first <= c && c <= r.last; });
}

/// Control characters, line and paragraph separators, and characters that change the direction of the text around them.
constexpr Range unsafe[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x061c, 0x061c}, {0x200e, 0x200f},
                            {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}};

constexpr Range wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0x33ff}, {0x3400, 0x4dbf},
                          {0x4e00, 0x9fff},   {0xa000, 0xa4cf},  {0xac00, 0xd7a3}, {0xf900, 0xfaff},
                          {0xfe30, 0xfe6f},   {0xff00, 0xff60},  {0xffe0, 0xffe6}, {0x1f300, 0x1f64f},
                          {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

constexpr Range without_width[] = {{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},
                                   {0x064b, 0x065f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200d},
                                   {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};

std::size_t columns_of_character(char32_t c) noexcept {
  return is_in(c, without_width) ? 0 : is_in(c, wide) ? 2 : 1;
}

/// The characters of the text. A byte that belongs to none is a character of its own.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, first_character(text).bytes);
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

void append_escaped(std::string& out, std::string_view bytes) {
  for (const char c : bytes)
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto [length, code_point] = first_character(bytes);
    const std::string_view character = bytes.substr(0, std::max<std::size_t>(1, length));
    if (length == 0 || is_in(code_point, unsafe))
      append_escaped(out, character);
    else
      out += character;
    bytes.remove_prefix(character.size());
  }
  return out;
}

std::string naming(const std::string& path, const std::string& why) {
  const std::string name = printable(path);
  return why.find(name) == std::string::npos ? name + ": " + why : why;
}

Error naming(const std::string& path, const Error& why) {
  return {why.fault(), naming(path, std::string(why.what()))};
}

std::size_t columns_of(std::string_view text) noexcept {
  std::size_t columns = 0;
  while (!text.empty()) {
    const auto [length, code_point] = first_character(text);
    columns += length == 0 ? 1 : columns_of_character(code_point);
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
  return columns;
}

std::size_t bytes_within(std::string_view text, std::size_t columns) noexcept {
  std::size_t bytes = 0, used = 0;
  while (bytes < text.size()) {
    const std::size_t length = std::max<std::size_t>(1, first_character(text.substr(bytes)).bytes);
    used += columns_of(text.substr(bytes, length));
    if (used > columns && bytes > 0) break;
    bytes += length;
  }
  return bytes;
}

std::string fitted(std::string_view text, std::size_t columns, bool keep_end) {
  if (columns_of(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::vector<std::string_view> all = characters(text);
  if (keep_end) std::reverse(all.begin(), all.end());
  std::size_t used = 1;  // the ellipsis
  std::size_t count = 0;
  while (count < all.size() && used + columns_of(all[count]) <= columns) used += columns_of(all[count++]);
  all.resize(count);
  if (keep_end) std::reverse(all.begin(), all.end());
  std::string out = keep_end ? "…" : "";
  for (const std::string_view character : all) out += character;
  return keep_end ? out : out + "…";
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

}  // namespace echofold
