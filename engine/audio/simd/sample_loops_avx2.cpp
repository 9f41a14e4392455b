// AVX2 and FMA: eight floats or sixteen 16-bit numbers at a time.
#include <immintrin.h>

#include "engine/audio/simd/loop_bodies.h"

namespace echofold::loops {
namespace {

struct Avx2Lanes {
  using Floats = __m256;
  using Exact = Floats;
  using Shorts = __m256i;
  using Ints = std::int32_t __attribute__((vector_size(32)));
  using HalfShorts = std::int16_t __attribute__((vector_size(16)));
  static constexpr std::size_t width = 8, exact_width = width;

  static Floats multiply_add(Floats a, Floats b, Floats sum) noexcept { return _mm256_fmadd_ps(a, b, sum); }
  static Floats4 fold(Floats sum) noexcept {
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
    return load<Floats4>(&four);
  }

  static Floats4 within(Floats4 x, float low, float high) noexcept {
    const __m128 cut = _mm_min_ps(_mm_max_ps(load<__m128>(&x), _mm_set1_ps(low)), _mm_set1_ps(high));
    return load<Floats4>(&cut);
  }

  static Ints multiply_add(Shorts a, Shorts b, Ints sum) noexcept {
    const __m256i products = _mm256_madd_epi16(a, b);
    return sum + load<Ints>(&products);
  }
  static Ints4 fold(Ints sum) noexcept {
    return __builtin_shufflevector(sum, sum, 0, 1, 2, 3) + __builtin_shufflevector(sum, sum, 4, 5, 6, 7);
  }

  static Floats even(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 8), 0, 2, 4, 6, 8, 10, 12, 14);
  }
  static Floats odd(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 8), 1, 3, 5, 7, 9, 11, 13, 15);
  }
  static Floats even_backwards(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 8), 14, 12, 10, 8, 6, 4, 2, 0);
  }
  static Floats odd_backwards(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 8), 15, 13, 11, 9, 7, 5, 3, 1);
  }
};

}  // namespace
}  // namespace echofold::loops

ECHOFOLD_DEFINE_LOOPS(avx2, Avx2Lanes)
