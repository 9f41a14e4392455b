// The best that an instruction set can do, with the Lanes of its kernel and no other work. The source of each
// instruction set includes this after its Lanes; as with kernels, everything has internal linkage.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bench/micro/limits.h"

namespace echofold::limits {
namespace {

/// Independent chains, to measure throughput and not latency.
constexpr std::size_t chains = 4;

/// Hides the contents of `value` from the compiler from here on.
template <class Vec>
void forget(Vec& value) noexcept {
  if constexpr (requires { value.data; })  // batches of xsimd
    asm volatile("" : "+x"(value.data));
  else
    asm volatile("" : "+x"(value));
}

/// Counts the bits of vectors that stay in registers.
template <class Lanes>
std::uint64_t count(const std::uint32_t* items, std::size_t n) noexcept {
  typename Lanes::Vec values[chains];
  typename Lanes::Sum sums[chains];
  for (std::size_t c = 0; c < chains; ++c) {
    values[c] = Lanes::load(items + c * Lanes::items);
    sums[c] = Lanes::no_sum();
  }
  constexpr std::size_t block = Lanes::block < 1024 ? Lanes::block : 1024;
  for (std::size_t done = 0; done < n; done += block * chains * Lanes::items) {
    typename Lanes::Counts counts[chains];
    for (auto& c : counts) c = Lanes::no_counts();
    for (std::size_t i = 0; i < block; ++i)
      for (std::size_t c = 0; c < chains; ++c) {
        // A copy: an array that is written to would be in memory, and each vector would be loaded and stored.
        auto value = values[c];
        forget(value);
        counts[c] = Lanes::count(counts[c], value);
      }
    for (std::size_t c = 0; c < chains; ++c) sums[c] = Lanes::widen(sums[c], counts[c]);
  }
  std::uint64_t total = 0;
  for (const auto& sum : sums) total += Lanes::total(sum);
  return total;
}

/// Loads vectors from the first-level cache without using them.
template <class Lanes>
void load(const std::uint32_t* items, std::size_t n) noexcept {
  for (std::size_t i = 0; i + chains * Lanes::items <= n; i += chains * Lanes::items)
    for (std::size_t c = 0; c < chains; ++c) {
      auto value = Lanes::load(items + i + c * Lanes::items);
      forget(value);
    }
}

}  // namespace
}  // namespace echofold::limits

#define ECHOFOLD_DEFINE_LIMITS(name, Lanes)                                                            \
  namespace echofold::limits {                                                                         \
  std::size_t counted_##name(std::size_t n) noexcept {                                                 \
    constexpr std::size_t round = (Lanes::block < 1024 ? Lanes::block : 1024) * chains * Lanes::items; \
    return (n + round - 1) / round * round;                                                            \
  }                                                                                                    \
  std::uint64_t count_##name(const std::uint32_t* items, std::size_t n) noexcept {                     \
    return count<Lanes>(items, n);                                                                     \
  }                                                                                                    \
  void load_##name(const std::uint32_t* items, std::size_t n) noexcept { load<Lanes>(items, n); }      \
  }
