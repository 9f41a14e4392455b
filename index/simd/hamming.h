// Counts bit errors between two runs of items, with the fastest kernel that this processor can run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "index/model/fingerprint.h"
#include "index/simd/kernel_functions.h"

namespace echofold {

/// The functions of one instruction set that count differing bits.
///
/// `distance`: sum over i < n of popcount(a[i] ^ b[i]).
/// `band`: for each k < count, out[k] = distance(a, b + k, n). Reads b[0 .. n + count - 1).
/// `masked`: bits and items as MaskedCount, over i < n where mask_a[i] & mask_b[i]; each element of a mask is 0 or ~0.
/// None needs alignment; none throws; all are exact.
struct HammingKernel {
  std::string_view name;  ///< "vpopcnt", "avx512", "avx2", "baseline"
  bool (*supported)() noexcept;
  std::uint64_t (*distance)(const Item* a, const Item* b, std::size_t n) noexcept;
  void (*band)(const Item* a, const Item* b, std::size_t n, std::size_t count, std::uint64_t* out) noexcept;
  simd::MaskedCount (*masked)(const Item* a, const Item* b, const Item* mask_a, const Item* mask_b,
                              std::size_t n) noexcept;
};

/// All kernels of this build, fastest first; the last one runs on every processor.
std::span<const HammingKernel> hamming_kernels() noexcept;

/// The kernel of this name; for an empty name the fastest supported one.
/// @throws Error  Fault::usage when there is no such kernel or this processor can't run it
const HammingKernel& choose_hamming_kernel(std::string_view name);

/// The kernel in use: the fastest supported one, or the one that ECHOFOLD_SIMD names. It is chosen once.
/// @throws Error  Fault::usage when ECHOFOLD_SIMD names no kernel, or one that this processor can't run
const HammingKernel& hamming_kernel();

}  // namespace echofold
