// AVX-512 F and BW: like the AVX2 kernel with 16 items at a time, and masked loads for the rest.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace echofold::simd {
namespace {

struct Avx512Lanes {
  using Vec = __m512i;
  using Counts = __m512i;  // one counter per byte
  using Sum = __m512i;     // eight counters of 64 bits
  static constexpr std::size_t items = 16;
  static constexpr std::size_t block = 31;  // 31 * 8 bits is the most that fits into a byte
  static constexpr std::size_t band_width = 8;

  static Vec load(const std::uint32_t* p) noexcept { return _mm512_loadu_si512(p); }
  static Vec load_part(const std::uint32_t* p, std::size_t n) noexcept {
    return _mm512_maskz_loadu_epi32(static_cast<__mmask16>((1u << n) - 1), p);
  }
  static Vec both(Vec x, Vec y) noexcept { return _mm512_and_si512(x, y); }
  static Vec differ(Vec x, Vec y) noexcept { return _mm512_xor_si512(x, y); }
  static Counts no_counts() noexcept { return _mm512_setzero_si512(); }
  static Counts count(Counts counts, Vec x) noexcept {
    // Bytes 0 .. 15 of the table, four times: the counts of 0 .. 15, lowest first.
    const __m512i table = _mm512_set4_epi32(0x04030302, 0x03020201, 0x03020201, 0x02010100);
    const __m512i half = _mm512_set1_epi8(0x0f);
    const __m512i low = _mm512_shuffle_epi8(table, _mm512_and_si512(x, half));
    const __m512i high = _mm512_shuffle_epi8(table, _mm512_and_si512(_mm512_srli_epi16(x, 4), half));
    return _mm512_add_epi8(counts, _mm512_add_epi8(low, high));
  }
  static Sum no_sum() noexcept { return _mm512_setzero_si512(); }
  static Sum widen(Sum sum, Counts counts) noexcept {
    return _mm512_add_epi64(sum, _mm512_sad_epu8(counts, _mm512_setzero_si512()));
  }
  static std::uint64_t total(Sum sum) noexcept {
    return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(sum));
  }
};

}  // namespace
}  // namespace echofold::simd
