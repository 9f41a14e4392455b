// Runs anywhere: vectors of four floats, which are SSE2's on x86-64 and NEON's on arm64.
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "engine/audio/simd/loop_bodies.h"

namespace echofold::loops {
namespace {

struct BaselineLanes {
  using Floats = Floats4;
  static constexpr std::size_t width = 4;

  static Floats multiply_add(Floats a, Floats b, Floats sum) noexcept { return sum + a * b; }
  static Floats4 fold(Floats sum) noexcept { return sum; }

  static Floats even(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 4), 0, 2, 4, 6);
  }
  static Floats odd(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 4), 1, 3, 5, 7);
  }
  static Floats even_backwards(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 4), 6, 4, 2, 0);
  }
  static Floats odd_backwards(const float* p) noexcept {
    return __builtin_shufflevector(load<Floats>(p), load<Floats>(p + 4), 7, 5, 3, 1);
  }

  static Ints4 dot(const std::int16_t* a, const std::int16_t* b, std::size_t n) noexcept {
#ifdef __SSE2__
    __m128i sums = _mm_setzero_si128();
    for (std::size_t i = 0; i < n; i += 8)
      sums = _mm_add_epi32(sums, _mm_madd_epi16(load<__m128i>(a + i), load<__m128i>(b + i)));
    return load<Ints4>(&sums);
#else
    std::int32_t sum = 0;  // the compiler's own pattern
    for (std::size_t i = 0; i < n; ++i) sum += std::int32_t{a[i]} * b[i];
    return Ints4{sum, 0, 0, 0};
#endif
  }
};

}  // namespace
}  // namespace echofold::loops

ECHOFOLD_DEFINE_LOOPS(baseline, BaselineLanes)
