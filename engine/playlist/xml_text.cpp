// Handles the five named entities, and numeric ones.
#include "engine/playlist/xml_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "index/base/text/utf8.h"

namespace echofold {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};

/// Decodes "&#233;" or "&#xe9;".
std::optional<std::string> numbered(std::string_view entity) {
  constexpr std::uint32_t last_letter = 0x10ffff, first_half = 0xd800, after_halves = 0xe000;
  if (!entity.starts_with("&#") || !entity.ends_with(';')) return std::nullopt;
  std::string_view digits = entity.substr(2, entity.size() - 3);
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  std::uint32_t value = 0;
  for (const char c : digits) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t digit = std::string_view("0123456789abcdef").find(lower);
    if (digit >= (hex ? 16u : 10u)) return std::nullopt;
    value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    if (value > last_letter) return std::nullopt;
  }
  if (value == 0 || (value >= first_half && value < after_halves)) return std::nullopt;
  std::string letter;
  append_utf8(letter, value);
  return letter;
}

}  // namespace

std::string xml_decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.front() == '&' ? text.find(';') : std::string_view::npos;
    const std::string_view entity = end == std::string_view::npos ? "" : text.substr(0, end + 1);
    const auto named = std::find_if(entities.begin(), entities.end(),
                                    [&](const auto& known) { return known.first == entity; });
    const auto number = numbered(entity);
    if (named != entities.end())
      out += named->second;
    else
      out += number ? *number : std::string(1, text.front());
    text.remove_prefix(named != entities.end() || number ? entity.size() : 1);
  }
  return out;
}

std::string xml_encoded(std::string_view text, char quote) {
  std::string out;
  for (const char c : text) {
    const bool needed = c == '&' || c == '<' || c == '>' || (quote != '\0' && c == quote);
    const auto known = std::find_if(entities.begin(), entities.end(),
                                    [&](const auto& entity) { return entity.second == c; });
    if (needed && known != entities.end())
      out += known->first;
    else
      out += c;
  }
  return out;
}

}  // namespace echofold
