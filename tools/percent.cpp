// See percent.h.
#include "tools/percent.h"

#include <charconv>

namespace echofold {

std::optional<double> parse_share(std::string_view text) noexcept {
  const bool is_percent = text.ends_with('%');
  if (is_percent) text.remove_suffix(1);
  while (is_percent && text.ends_with(' ')) text.remove_suffix(1);
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return is_percent ? number / 100 : number;
}

}  // namespace echofold
