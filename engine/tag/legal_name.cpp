// The only place that knows utf8proc.
#include "engine/tag/legal_name.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace echofold {
namespace {

constexpr std::size_t longest_extension_bytes = 16;

utf8proc_uint8_t const* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// The first character of a text that is not empty. @return its bytes; 0 for what is no UTF-8
std::size_t first_character(std::string_view text, utf8proc_int32_t& character) noexcept {
  const auto n = utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &character);
  return n > 0 ? static_cast<std::size_t>(n) : 0;
}

/// utf8proc_map, in memory that is freed. @return empty on failure, too: never for valid UTF-8
std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const auto n = utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &out,
                              static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, std::free);
  return n > 0 ? std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(n)) : std::string();
}

bool is_reserved(utf8proc_int32_t character) noexcept {
  if (character < 0x20 || (character >= 0x7f && character < 0xa0)) return true;
  return character < 0x80 &&
         std::string_view("<>:\"/\\|?*").find(static_cast<char>(character)) != std::string_view::npos;
}

/// Valid UTF-8 without a reserved character.
std::string without_reserved(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    utf8proc_int32_t character = 0;
    const std::size_t n = first_character(text, character);
    if (n == 0 || is_reserved(character))
      out += '_';
    else
      out += text.substr(0, n);
    text.remove_prefix(std::max<std::size_t>(n, 1));
  }
  return out;
}

void trim(std::string& name) {
  name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
  while (!name.empty() && (name.back() == ' ' || name.back() == '.')) name.pop_back();
}

/// Windows takes these for devices in every folder, with any extension, spaces before it and superscript digits.
bool is_device(std::string_view name) {
  std::string base = folded(name.substr(0, name.find('.')));
  while (!base.empty() && base.back() == ' ') base.pop_back();
  constexpr std::array<std::string_view, 6> plain = {"con", "prn", "aux", "nul", "conin$", "conout$"};
  if (std::find(plain.begin(), plain.end(), base) != plain.end()) return true;
  if (!base.starts_with("com") && !base.starts_with("lpt")) return false;
  constexpr std::array<std::string_view, 3> superscripts = {"\u00b9", "\u00b2", "\u00b3"};
  const std::string_view number = std::string_view(base).substr(3);
  return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') ||
         std::find(superscripts.begin(), superscripts.end(), number) != superscripts.end();
}

/// The longest start of valid UTF-8 that ends between two characters as readers see them.
std::string_view cut(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t grapheme_end = 0;
  std::size_t point_end = 0;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t before = -1;
  for (std::size_t at = 0; at <= most_bytes;) {
    utf8proc_int32_t character = 0;
    const std::size_t n = first_character(text.substr(at), character);
    if (before < 0 || utf8proc_grapheme_break_stateful(before, character, &state)) grapheme_end = at;
    point_end = at;
    before = character;
    at += n;
  }
  return text.substr(0, grapheme_end > 0 ? grapheme_end : point_end);
}

std::string fitted(std::string_view text, std::size_t most_bytes) {
  std::string name(cut(text, most_bytes));
  trim(name);
  if (name.empty()) return "_";
  if (name.front() == '.') name.front() = '_';
  return name;
}

}  // namespace

std::string legal_name(std::string_view text, std::size_t most_bytes) {
  std::string name = mapped(without_reserved(text), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  trim(name);
  name = fitted(name, most_bytes);
  if (is_device(name)) {
    // "nul .x": behind the device's name itself, and never past the limit.
    const std::size_t end = std::min(name.find('.'), name.size());
    std::string base = name.substr(0, end);
    while (base.back() == ' ') base.pop_back();
    name = fitted(base + "_" + name.substr(end), most_bytes);
  }
  return name;
}

std::string legal_file_name(std::string_view stem, std::string_view extension) {
  std::string end = extension.empty() ? std::string() : without_reserved(extension.substr(1));
  end = mapped(end, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  while (!end.empty() && (end.back() == ' ' || end.back() == '.')) end.pop_back();
  if (end.empty()) return legal_name(stem);
  return legal_name(stem, longest_name_bytes - end.size() - 1) + "." + end;
}

std::string_view extension_of(std::string_view name) noexcept {
  const auto dot = name.rfind('.');
  const bool is_one = dot != std::string_view::npos && dot > 0 && name.size() - dot > 1 &&
                      name.size() - dot <= longest_extension_bytes;
  return is_one ? name.substr(dot) : std::string_view();
}

std::string folded(std::string_view name) {
  if (name.empty()) return {};
  std::string text = mapped(name, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
  return text.empty() ? std::string(name) : mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

}  // namespace echofold
