// The entry points of every set of sample loops. Their sources include this file, so it may include nothing but these
// two.
#pragma once

#include <cstddef>
#include <cstdint>

namespace echofold::loops {

/// Extremes of a run of whole-number samples. 0 counts as one of the samples.
struct Levels {
  std::int32_t highest = 0, lowest = 0;
  std::uint32_t bits = 0;  ///< set in any sample
};

/// Sums over two channels a and b, on a scale on which full scale is 1.
struct Powers {
  double a = 0, b = 0;                   ///< of their squares
  double mean = 0, half_difference = 0;  ///< squares of (a + b) / 2 and (a - b) / 2
};

/// Sums over 16-bit samples, unscaled.
struct Power {
  std::int64_t sum = 0;
  std::uint64_t squares = 0;
};

/// A polyphase filter at a position in its input. Output n is the sum over k < length of in[start + k] * taps[phase *
/// length + k], where start * phases + phase advances by step for each output.
template <class Tap>
struct Filter {
  const Tap* taps;
  /// a multiple of 16 floats or of 32 16-bit numbers, padded with zeros
  std::size_t length;
  std::size_t phases, step;
};

/// One channel, or two and their mean. `left` and `right` are read only if the mean leaves the rounding open.
struct FloatPlanes {
  const float *mixed, *left, *right;  ///< the last two are null for one channel
};

// SampleLoops in sample_loops.h documents each function.
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
