// Declares the entry points of every kernel. Kernel sources include it, so it may include nothing but these two.
#pragma once

#include <cstddef>
#include <cstdint>

namespace echofold::simd {

/// The number of differing bits in the items that are in both masks, and the number of these items.
struct MaskedCount {
  std::uint64_t bits = 0;
  std::uint64_t items = 0;
  bool operator==(const MaskedCount&) const = default;
};

// HammingKernel in hamming.h says what each of these does.
#define ECHOFOLD_DECLARE_KERNEL(name)                                                                    \
  std::uint64_t distance_##name(const std::uint32_t* a, const std::uint32_t* b, std::size_t n) noexcept; \
  void band_##name(const std::uint32_t* a, const std::uint32_t* b, std::size_t n, std::size_t count,     \
                   std::uint64_t* out) noexcept;                                                         \
  MaskedCount masked_##name(const std::uint32_t* a, const std::uint32_t* b, const std::uint32_t* mask_a, \
                            const std::uint32_t* mask_b, std::size_t n) noexcept

ECHOFOLD_DECLARE_KERNEL(baseline);
ECHOFOLD_DECLARE_KERNEL(avx2);
ECHOFOLD_DECLARE_KERNEL(avx512);
ECHOFOLD_DECLARE_KERNEL(vpopcnt);

}  // namespace echofold::simd
