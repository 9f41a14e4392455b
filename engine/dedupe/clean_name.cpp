// See clean_name.h.
#include "engine/dedupe/clean_name.h"

#include <algorithm>
#include <string>

namespace echofold {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view without_spaces_behind(std::string_view text) noexcept {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// "x(1)" or "x (12)" -> "x"; anything else stays. A year in brackets is not a count.
std::string_view without_count(std::string_view stem) noexcept {
  if (!stem.ends_with(')')) return stem;
  const std::size_t open = stem.rfind('(');
  if (open == std::string_view::npos) return stem;
  const std::string_view inside = stem.substr(open + 1, stem.size() - open - 2);
  const bool count =
      !inside.empty() && inside.size() <= 2 && std::all_of(inside.begin(), inside.end(), is_digit);
  return count ? without_spaces_behind(stem.substr(0, open)) : stem;
}

bool ends_in_copy_word(std::string_view stem) noexcept {
  std::string_view base = stem;  // "x copy 2"
  while (!base.empty() && is_digit(base.back())) base.remove_suffix(1);
  base = without_spaces_behind(base);
  for (const std::string_view word : {"copy", "kopie", "copie", "copia"}) {
    if (!base.ends_with(word) || base.size() == word.size()) continue;
    const char before = base[base.size() - word.size() - 1];
    if (before == ' ' || before == '-' || before == '_') return true;
  }
  return false;
}

bool starts_with_copy_words(std::string_view stem) noexcept {
  for (const std::string_view words : {"copy of ", "kopie von ", "copie de ", "copia de "})
    if (stem.starts_with(words)) return true;
  return false;
}

/// "x~" by an editor, "X~1" as a short DOS name.
bool has_tilde(std::string_view stem) noexcept {
  if (stem.ends_with('~')) return true;
  return stem.size() >= 2 && stem[stem.size() - 2] == '~' && is_digit(stem.back());
}

}  // namespace

bool has_clean_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0: the whole path
  if (name.ends_with('~')) return false;
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
    name = name.substr(0, dot);
  const std::string stem = lower_ascii(without_spaces_behind(name));
  const std::string_view counted = without_count(stem);
  return counted.size() == stem.size() && !ends_in_copy_word(stem) && !starts_with_copy_words(stem) &&
         !has_tilde(stem);
}

}  // namespace echofold
