// See hash_text.h.
#include "index/base/hash_text.h"

#include <charconv>

namespace echofold {

std::optional<Hash128> hash_of_hex(std::string_view digits) noexcept {
  constexpr std::size_t half = 16;
  if (digits.size() != 2 * half) return std::nullopt;
  Hash128 hash;
  const auto read = [](std::string_view text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return error == std::errc{} && end == text.data() + text.size();
  };
  if (!read(digits.substr(0, half), hash.high) || !read(digits.substr(half), hash.low)) return std::nullopt;
  return hash;
}

}  // namespace echofold
