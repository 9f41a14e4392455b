// The kernel, written once. A kernel source includes this after it has defined its Lanes.
//
// Everything here has internal linkage: an inline function that is compiled for AVX-512 and is a weak symbol
// could be the copy that the linker uses in the whole program. Hence there are no includes but the two below.
//
// Lanes says how one instruction set stores a vector of items and counts its bits:
//   Vec                      `items` items of 32 bits
//   load(p), load_part(p,n)  all items; the first n < items, the rest zero
//   both(x, y), differ(x, y) x & y, x ^ y
//   Counts, no_counts()      narrow counters, good for `block` vectors
//   count(counts, x)         adds the bits of x to them
//   Sum, no_sum()            wide counters; widen(sum, counts) adds the narrow ones; total(sum) adds them up
//   band_width               offsets whose counters fit into the registers together
#pragma once

#include <cstddef>
#include <cstdint>

#include "index/simd/kernel_functions.h"

namespace echofold::simd {
namespace {

template <class T>
constexpr T smaller(T x, T y) noexcept {
  return x < y ? x : y;
}

template <class Lanes>
std::uint64_t distance(const std::uint32_t* a, const std::uint32_t* b, std::size_t n) noexcept {
  constexpr std::size_t step = Lanes::items;
  const std::size_t whole = n - n % step;
  typename Lanes::Sum sum = Lanes::no_sum();
  for (std::size_t i = 0; i < whole;) {
    const std::size_t stop = smaller(whole, i + Lanes::block * step);
    typename Lanes::Counts counts = Lanes::no_counts();
    for (; i < stop; i += step)
      counts = Lanes::count(counts, Lanes::differ(Lanes::load(a + i), Lanes::load(b + i)));
    sum = Lanes::widen(sum, counts);
  }
  if (const std::size_t rest = n - whole; rest > 0)
    sum =
        Lanes::widen(sum, Lanes::count(Lanes::no_counts(), Lanes::differ(Lanes::load_part(a + whole, rest),
                                                                         Lanes::load_part(b + whole, rest))));
  return Lanes::total(sum);
}

/// Counts Lanes::band_width offsets at once: each vector of `a` is loaded once for all of them.
template <class Lanes>
void band_group(const std::uint32_t* a, const std::uint32_t* b, std::size_t n, std::uint64_t* out) noexcept {
  constexpr std::size_t step = Lanes::items;
  constexpr std::size_t width = Lanes::band_width;
  const std::size_t whole = n - n % step;
  typename Lanes::Sum sums[width];
  for (auto& sum : sums) sum = Lanes::no_sum();
  for (std::size_t i = 0; i < whole;) {
    const std::size_t stop = smaller(whole, i + Lanes::block * step);
    typename Lanes::Counts counts[width];
    for (auto& c : counts) c = Lanes::no_counts();
    for (; i < stop; i += step) {
      const typename Lanes::Vec va = Lanes::load(a + i);
      for (std::size_t k = 0; k < width; ++k)
        counts[k] = Lanes::count(counts[k], Lanes::differ(va, Lanes::load(b + i + k)));
    }
    for (std::size_t k = 0; k < width; ++k) sums[k] = Lanes::widen(sums[k], counts[k]);
  }
  for (std::size_t k = 0; k < width; ++k)
    out[k] = Lanes::total(sums[k]) + distance<Lanes>(a + whole, b + whole + k, n - whole);
}

template <class Lanes>
void band(const std::uint32_t* a, const std::uint32_t* b, std::size_t n, std::size_t count,
          std::uint64_t* out) noexcept {
  std::size_t k = 0;
  for (; k + Lanes::band_width <= count; k += Lanes::band_width) band_group<Lanes>(a, b + k, n, out + k);
  for (; k < count; ++k) out[k] = distance<Lanes>(a, b + k, n);
}

template <class Lanes>
MaskedCount masked(const std::uint32_t* a, const std::uint32_t* b, const std::uint32_t* mask_a,
                   const std::uint32_t* mask_b, std::size_t n) noexcept {
  using Vec = typename Lanes::Vec;
  constexpr std::size_t step = Lanes::items;
  const std::size_t whole = n - n % step;
  typename Lanes::Sum bits = Lanes::no_sum(), kept = Lanes::no_sum();
  for (std::size_t i = 0; i < whole;) {
    const std::size_t stop = smaller(whole, i + Lanes::block * step);
    typename Lanes::Counts block_bits = Lanes::no_counts(), block_kept = Lanes::no_counts();
    for (; i < stop; i += step) {
      const Vec mask = Lanes::both(Lanes::load(mask_a + i), Lanes::load(mask_b + i));
      const Vec wrong = Lanes::differ(Lanes::load(a + i), Lanes::load(b + i));
      block_bits = Lanes::count(block_bits, Lanes::both(wrong, mask));
      block_kept = Lanes::count(block_kept, mask);
    }
    bits = Lanes::widen(bits, block_bits);
    kept = Lanes::widen(kept, block_kept);
  }
  if (const std::size_t rest = n - whole; rest > 0) {
    const Vec mask =
        Lanes::both(Lanes::load_part(mask_a + whole, rest), Lanes::load_part(mask_b + whole, rest));
    const Vec wrong = Lanes::differ(Lanes::load_part(a + whole, rest), Lanes::load_part(b + whole, rest));
    bits = Lanes::widen(bits, Lanes::count(Lanes::no_counts(), Lanes::both(wrong, mask)));
    kept = Lanes::widen(kept, Lanes::count(Lanes::no_counts(), mask));
  }
  return {Lanes::total(bits), Lanes::total(kept) / 32};
}

}  // namespace
}  // namespace echofold::simd

// Defines the three entry points of kernel `name` with its Lanes.
#define ECHOFOLD_DEFINE_KERNEL(name, Lanes)                                                               \
  namespace echofold::simd {                                                                              \
  std::uint64_t distance_##name(const std::uint32_t* a, const std::uint32_t* b, std::size_t n) noexcept { \
    return distance<Lanes>(a, b, n);                                                                      \
  }                                                                                                       \
  void band_##name(const std::uint32_t* a, const std::uint32_t* b, std::size_t n, std::size_t count,      \
                   std::uint64_t* out) noexcept {                                                         \
    band<Lanes>(a, b, n, count, out);                                                                     \
  }                                                                                                       \
  MaskedCount masked_##name(const std::uint32_t* a, const std::uint32_t* b, const std::uint32_t* mask_a,  \
                            const std::uint32_t* mask_b, std::size_t n) noexcept {                        \
    return masked<Lanes>(a, b, mask_a, mask_b, n);                                                        \
  }                                                                                                       \
  }  // namespace echofold::simd
