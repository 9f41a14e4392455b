// AVX2: takes the bits of each half byte from a 16-entry table in a register (Mula's method).
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace echofold::simd {
namespace {

struct Avx2Lanes {
  using Vec = __m256i;
  using Counts = __m256i;  // one counter per byte
  using Sum = __m256i;     // four counters of 64 bits
  static constexpr std::size_t items = 8;
  static constexpr std::size_t block = 31;  // 31 * 8 bits is the most that fits into a byte
  static constexpr std::size_t band_width = 4;

  static Vec load(const std::uint32_t* p) noexcept {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  }
  static Vec load_part(const std::uint32_t* p, std::size_t n) noexcept {
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i keep = _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), lane);
    return _mm256_maskload_epi32(reinterpret_cast<const int*>(p), keep);
  }
  static Vec both(Vec x, Vec y) noexcept { return _mm256_and_si256(x, y); }
  static Vec differ(Vec x, Vec y) noexcept { return _mm256_xor_si256(x, y); }
  static Counts no_counts() noexcept { return _mm256_setzero_si256(); }
  static Counts count(Counts counts, Vec x) noexcept {
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                           0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i half = _mm256_set1_epi8(0x0f);
    const __m256i low = _mm256_shuffle_epi8(table, _mm256_and_si256(x, half));
    const __m256i high = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(x, 4), half));
    return _mm256_add_epi8(counts, _mm256_add_epi8(low, high));
  }
  static Sum no_sum() noexcept { return _mm256_setzero_si256(); }
  static Sum widen(Sum sum, Counts counts) noexcept {
    return _mm256_add_epi64(sum, _mm256_sad_epu8(counts, _mm256_setzero_si256()));
  }
  static std::uint64_t total(Sum sum) noexcept {
    std::uint64_t lanes[4];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(lanes), sum);
    return lanes[0] + lanes[1] + lanes[2] + lanes[3];
  }
};

}  // namespace
}  // namespace echofold::simd
