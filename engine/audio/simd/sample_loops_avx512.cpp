// AVX-512 F and BW: sixteen floats or thirty-two 16-bit numbers at a time. Exact sums are taken as with AVX2.
#include <immintrin.h>

#include "engine/audio/simd/loop_bodies.h"

namespace echofold::loops {
namespace {

struct Avx512Lanes {
  using Floats = __m512;
  using Exact = __m256;
  using Shorts = __m512i;
  using Ints = std::int32_t __attribute__((vector_size(64)));
  using HalfShorts = std::int16_t __attribute__((vector_size(32)));
  static constexpr std::size_t width = 16, exact_width = 8;

  static Floats multiply_add(Floats a, Floats b, Floats sum) noexcept { return _mm512_fmadd_ps(a, b, sum); }
  static Exact multiply_add(Exact a, Exact b, Exact sum) noexcept { return _mm256_fmadd_ps(a, b, sum); }
  static Ints multiply_add(Shorts a, Shorts b, Ints sum) noexcept {
    const __m512i products = _mm512_madd_epi16(a, b);
    return sum + load<Ints>(&products);
  }
  static Floats4 fold(Exact sum) noexcept {
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
    return load<Floats4>(&four);
  }
  static Floats4 fold(Floats sum) noexcept {
    const __m256 upper = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(sum), 1));
    return fold(_mm256_add_ps(_mm512_castps512_ps256(sum), upper));
  }
  static Ints4 fold(Ints sum) noexcept {
    return (__builtin_shufflevector(sum, sum, 0, 1, 2, 3) + __builtin_shufflevector(sum, sum, 4, 5, 6, 7)) +
           (__builtin_shufflevector(sum, sum, 8, 9, 10, 11) +
            __builtin_shufflevector(sum, sum, 12, 13, 14, 15));
  }
  static Floats4 within(Floats4 x, float low, float high) noexcept {
    const __m128 cut = _mm_min_ps(_mm_max_ps(load<__m128>(&x), _mm_set1_ps(low)), _mm_set1_ps(high));
    return load<Floats4>(&cut);
  }

  static Floats even(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 16), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18,
                                   20, 22, 24, 26, 28, 30);
  }
  static Floats odd(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 16), 1, 3, 5, 7, 9, 11, 13, 15, 17, 19,
                                   21, 23, 25, 27, 29, 31);
  }
  static Floats even_backwards(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 16), 30, 28, 26, 24, 22, 20, 18, 16, 14,
                                   12, 10, 8, 6, 4, 2, 0);
  }
  static Floats odd_backwards(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 16), 31, 29, 27, 25, 23, 21, 19, 17, 15,
                                   13, 11, 9, 7, 5, 3, 1);
  }
};

}  // namespace
}  // namespace echofold::loops

ECHOFOLD_DEFINE_LOOPS(avx512, Avx512Lanes)
