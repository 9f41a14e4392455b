// Which items of two tracks are compared with each other at an offset.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace echofold {

/// a[first_a + k] is compared with b[first_b + k] for k < count. At least one of first_a and first_b is 0.
struct Overlap {
  std::size_t first_a = 0, first_b = 0, count = 0;
};

/// @param offset_items  as Evidence::offset_items
constexpr Overlap overlap_at(std::size_t size_a, std::size_t size_b, std::int32_t offset_items) noexcept {
  const std::size_t first_a = offset_items > 0 ? static_cast<std::size_t>(offset_items) : 0;
  const std::size_t first_b = offset_items < 0 ? static_cast<std::size_t>(-std::int64_t{offset_items}) : 0;
  if (first_a >= size_a || first_b >= size_b) return {first_a, first_b, 0};
  return {first_a, first_b, std::min(size_a - first_a, size_b - first_b)};
}

}  // namespace echofold
