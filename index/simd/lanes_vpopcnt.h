// AVX-512 F with VPOPCNTDQ: one instruction counts the bits. Does not use BW, which VPOPCNTDQ does not imply.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace echofold::simd {
namespace {

struct VpopcntLanes {
  using Vec = __m512i;
  using Counts = __m512i;  // eight counters of 64 bits: never full, so narrow and wide counters are the same
  using Sum = __m512i;
  static constexpr std::size_t items = 16;
  static constexpr std::size_t block = std::size_t{1} << 32;
  static constexpr std::size_t band_width = 8;

  static Vec load(const std::uint32_t* p) noexcept { return _mm512_loadu_si512(p); }
  static Vec load_part(const std::uint32_t* p, std::size_t n) noexcept {
    return _mm512_maskz_loadu_epi32(static_cast<__mmask16>((1u << n) - 1), p);
  }
  static Vec both(Vec x, Vec y) noexcept { return _mm512_and_si512(x, y); }
  static Vec differ(Vec x, Vec y) noexcept { return _mm512_xor_si512(x, y); }
  static Counts no_counts() noexcept { return _mm512_setzero_si512(); }
  static Counts count(Counts counts, Vec x) noexcept {
    return _mm512_add_epi64(counts, _mm512_popcnt_epi64(x));
  }
  static Sum no_sum() noexcept { return _mm512_setzero_si512(); }
  static Sum widen(Sum sum, Counts counts) noexcept { return _mm512_add_epi64(sum, counts); }
  static std::uint64_t total(Sum sum) noexcept {
    return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(sum));
  }
};

}  // namespace
}  // namespace echofold::simd
