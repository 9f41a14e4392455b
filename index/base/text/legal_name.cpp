// Applies the rules of Windows and SMB, character by character.
#include "index/base/text/legal_name.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "index/base/text/folding.h"
#include "index/base/text/utf8.h"

namespace echofold {
namespace {

bool is_reserved(char32_t character) noexcept {
  if (character < 0x20 || (character >= 0x7f && character < 0xa0)) return true;
  return character < 0x80 &&
         std::string_view("<>:\"/\\|?*").find(static_cast<char>(character)) != std::string_view::npos;
}

/// The text as valid UTF-8, with `_` for reserved characters.
std::string without_reserved(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto [bytes, character] = first_character(text);
    if (bytes == 0 || is_reserved(character))
      out += '_';
    else
      out += text.substr(0, bytes);
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return out;
}

void trim(std::string& name) {
  name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
  while (!name.empty() && (name.back() == ' ' || name.back() == '.')) name.pop_back();
}

/// Windows treats these names as devices in every folder, with any extension, spaces before it and superscript digits.
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

/// The longest start of the text that ends between two graphemes. The text must be valid UTF-8.
std::string_view cut(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t grapheme_end = 0;
  std::size_t point_end = 0;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t before = -1;
  for (std::size_t at = 0; at <= most_bytes;) {
    const auto [bytes, code_point] = first_character(text.substr(at));
    const auto character = static_cast<utf8proc_int32_t>(code_point);
    if (before < 0 || utf8proc_grapheme_break_stateful(before, character, &state)) grapheme_end = at;
    point_end = at;
    before = character;
    at += bytes;
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
  std::string name = composed(without_reserved(text));
  trim(name);
  name = fitted(name, most_bytes);
  if (is_device(name)) {
    // "nul .x": the `_` comes right after the device's name, and the limit still holds.
    const std::size_t end = std::min(name.find('.'), name.size());
    std::string base = name.substr(0, end);
    while (base.back() == ' ') base.pop_back();
    name = fitted(base + "_" + name.substr(end), most_bytes);
  }
  return name;
}

std::string legal_file_name(std::string_view stem, std::string_view extension) {
  std::string end = extension.empty() ? std::string() : without_reserved(extension.substr(1));
  end = composed(end);
  while (!end.empty() && (end.back() == ' ' || end.back() == '.')) end.pop_back();
  if (end.empty()) return legal_name(stem);
  return legal_name(stem, longest_name_bytes - end.size() - 1) + "." + end;
}

}  // namespace echofold
