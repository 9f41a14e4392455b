// The measured limits of each instruction set, with which hamming_bench compares its kernels.
#pragma once

#include <cstddef>
#include <cstdint>

namespace echofold::limits {

// counted: how many items count() processes for a request of n; whole rounds.
// count: bits of `n` items that stay in registers; reads 64 items.
// load: reads items[0 .. n) from the first-level cache, vector by vector.
#define ECHOFOLD_DECLARE_LIMITS(name)                                             \
  std::size_t counted_##name(std::size_t n) noexcept;                             \
  std::uint64_t count_##name(const std::uint32_t* items, std::size_t n) noexcept; \
  void load_##name(const std::uint32_t* items, std::size_t n) noexcept

ECHOFOLD_DECLARE_LIMITS(baseline);
ECHOFOLD_DECLARE_LIMITS(avx2);
ECHOFOLD_DECLARE_LIMITS(avx512);
ECHOFOLD_DECLARE_LIMITS(vpopcnt);

}  // namespace echofold::limits
