// Runs anywhere: vectors of four floats, which are SSE2's on x86-64 and NEON's on arm64.
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "engine/audio/simd/loop_bodies.h"

namespace echofold::loops {
namespace {

struct BaselineLanes {
  using Floats = Floats4;
  using Exact = Floats;
  using Shorts = std::int16_t __attribute__((vector_size(16)));
  using Ints = Ints4;
  using HalfShorts = std::int16_t __attribute__((vector_size(8)));
  static constexpr std::size_t width = 4, exact_width = width;

  static Floats multiply_add(Floats a, Floats b, Floats sum) noexcept { return sum + a * b; }
  static Floats4 fold(Floats sum) noexcept { return sum; }

  static Floats4 within(Floats4 x, float low, float high) noexcept {
    const Floats4 lowest = Floats4{} + low, highest = Floats4{} + high;
    const Floats4 not_below = x > lowest ? x : lowest;
    return not_below < highest ? not_below : highest;
  }

  static Ints multiply_add(Shorts a, Shorts b, Ints sum) noexcept {
#ifdef __SSE2__
    const __m128i products = _mm_madd_epi16(load<__m128i>(&a), load<__m128i>(&b));
    return sum + load<Ints>(&products);
#else
    for (int i = 0; i < 4; ++i) sum[i] += a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1];
    return sum;
#endif
  }
  static Ints4 fold(Ints sum) noexcept { return sum; }

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
};

}  // namespace
}  // namespace echofold::loops

ECHOFOLD_DEFINE_LOOPS(baseline, BaselineLanes)
