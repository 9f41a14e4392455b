// The entry points of every set of sample loops. Included by their sources, so it may include nothing but
// these two.
#pragma once

#include <cstddef>
#include <cstdint>

namespace echofold::loops {

/// What a run of whole-number samples holds; 0 counts as one of them.
struct Levels {
  std::int32_t highest = 0, lowest = 0;
  std::uint32_t bits = 0;  ///< set in any sample
};

/// Sums over two channels a and b, on a scale on which full scale is 1.
struct Powers {
  double a = 0, b = 0;                   ///< of their squares
  double mean = 0, half_difference = 0;  ///< of the squares of (a + b) / 2 and (a - b) / 2
};

/// Sums over samples of 16 bits as they are.
struct Power {
  std::int64_t sum = 0;
  std::uint64_t squares = 0;
};

/// A polyphase filter at a place in its input. Output n is the sum over k < length of in[start + k] * taps[phase *
/// length + k], where start * phases + phase advances by step for each output.
template <class Tap>
struct Filter {
  const Tap* taps;
  std::size_t
      length;  ///< a multiple of 16 floats or of 32 numbers of 16 bits; what is over is filled with zeros
  std::size_t phases, step;
};

/// One channel, or two and their mean: `left` and `right` are looked at where the mean leaves the rounding open.
struct FloatPlanes {
  const float *mixed, *left, *right;  ///< the last two are null for one channel
};

// What each of these does is written at SampleLoops in sample_loops.h.
#define ECHOFOLD_DECLARE_LOOPS(name)                                                                       \
  void mix_float_##name(const float* a, const float* b, std::size_t stride, std::size_t n,                 \
                        float* out) noexcept;                                                              \
  void mix_s16_##name(const std::int16_t* a, const std::int16_t* b, std::size_t stride, std::size_t n,     \
                      float* out) noexcept;                                                                \
  void mix_s32_##name(const std::int32_t* a, const std::int32_t* b, std::size_t stride, std::size_t n,     \
                      float* out) noexcept;                                                                \
  void pick_s16_##name(const std::int16_t* in, std::size_t stride, std::size_t n,                          \
                       std::int16_t* out) noexcept;                                                        \
  void pick_s32_##name(const std::int32_t* in, std::size_t stride, std::size_t n, float* out) noexcept;    \
  void pick_float_##name(const float* in, std::size_t stride, std::size_t n, float* out) noexcept;         \
  void average_s16_##name(const std::int16_t* with, std::size_t n, std::int16_t* in_place) noexcept;       \
  void filter_float_##name(const FloatPlanes& in, const Filter<float>& filter, std::size_t phase,          \
                           std::size_t n, std::int16_t* out) noexcept;                                     \
  void filter_s16_##name(const std::int16_t* in, const Filter<std::int16_t>& filter, std::size_t phase,    \
                         std::size_t n, std::int16_t* out) noexcept;                                       \
  Levels levels_s16_##name(const std::int16_t* in, std::size_t n) noexcept;                                \
  Levels levels_s32_##name(const std::int32_t* in, std::size_t n) noexcept;                                \
  Powers powers_s16_##name(const std::int16_t* a, const std::int16_t* b, std::size_t stride,               \
                           std::size_t n) noexcept;                                                        \
  Powers powers_s32_##name(const std::int32_t* a, const std::int32_t* b, std::size_t stride,               \
                           std::size_t n) noexcept;                                                        \
  Powers powers_float_##name(const float* a, const float* b, std::size_t stride, std::size_t n) noexcept;  \
  Power power_s16_##name(const std::int16_t* in, std::size_t n) noexcept;                                  \
  void window_s16_##name(const std::int16_t* in, const float* window, std::size_t n, float* out) noexcept; \
  void window_float_##name(const float* in, const float* window, std::size_t n, float* out) noexcept;      \
  void energies_##name(const float* half, std::size_t n, const float* cosines, const float* sines,         \
                       std::size_t first, std::size_t end, float* out) noexcept;                           \
  void sum_by_eight_##name(const float* in, std::size_t n, float* out) noexcept

ECHOFOLD_DECLARE_LOOPS(baseline);
ECHOFOLD_DECLARE_LOOPS(avx2);
ECHOFOLD_DECLARE_LOOPS(avx512);

}  // namespace echofold::loops
