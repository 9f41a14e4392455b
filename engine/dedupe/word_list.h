// Lists of words in one literal: "word|word|word".
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace echofold {

/// Removes and returns the first word; nothing if there is none left.
inline std::optional<std::string_view> next_of(std::string_view& list) noexcept {
  if (list.empty()) return std::nullopt;
  const std::string_view next = list.substr(0, list.find('|'));
  list.remove_prefix(std::min(list.size(), next.size() + 1));
  return next;
}

inline bool is_one_of(std::string_view word, std::string_view list) noexcept {
  while (const auto known = next_of(list))
    if (*known == word) return true;
  return false;
}

}  // namespace echofold
