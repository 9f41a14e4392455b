// Loops over samples, for the widest instruction set that this processor has.
#pragma once

#include <span>
#include <string_view>

#include "engine/audio/simd/loop_functions.h"

namespace echofold {

/// One instruction set's loops. None requires alignment, none throws.
struct SampleLoops {
  std::string_view name;  ///< "avx512", "avx2", "baseline"
  bool (*supported)() noexcept;
  /// Whether swresample's own code adds floats in the same order on this processor.
  bool (*sums_as_swresample)() noexcept;

  /// out[i] = (a[i * stride] + b[i * stride]) / 2; whole numbers are scaled to -1 .. 1.
  void (*mix_float)(const float* a, const float* b, std::size_t stride, std::size_t n, float* out) noexcept;
  void (*mix_s16)(const std::int16_t* a, const std::int16_t* b, std::size_t stride, std::size_t n,
                  float* out) noexcept;
  void (*mix_s32)(const std::int32_t* a, const std::int32_t* b, std::size_t stride, std::size_t n,
                  float* out) noexcept;
  /// out[i] = in[i * stride]; 32-bit samples are scaled to -1 .. 1.
  void (*pick_s16)(const std::int16_t* in, std::size_t stride, std::size_t n, std::int16_t* out) noexcept;
  void (*pick_s32)(const std::int32_t* in, std::size_t stride, std::size_t n, float* out) noexcept;
  void (*pick_float)(const float* in, std::size_t stride, std::size_t n, float* out) noexcept;
  /// in_place[i] = mean of in_place[i] and with[i], halves rounded up.
  void (*average_s16)(const std::int16_t* with, std::size_t n, std::int16_t* in_place) noexcept;
  /// Computes `n` outputs as loops::Filter defines, from the first sample and `phase` on. Reads `length` samples for
  /// each. Floats are rounded to 16 bits as swresample's code for the same instruction set rounds them. 16-bit taps
  /// have 15 fractional bits; their sums are exact and rounded.
  void (*filter_float)(const loops::FloatPlanes& in, const loops::Filter<float>& filter, std::size_t phase,
                       std::size_t n, std::int16_t* out) noexcept;
  void (*filter_s16)(const std::int16_t* in, const loops::Filter<std::int16_t>& filter, std::size_t phase,
                     std::size_t n, std::int16_t* out) noexcept;
  loops::Levels (*levels_s16)(const std::int16_t* in, std::size_t n) noexcept;
  loops::Levels (*levels_s32)(const std::int32_t* in, std::size_t n) noexcept;
  /// Powers of a[i * stride] and b[i * stride] for i < n. Every set gives the same sums to the last bit: sample i is
  /// added to partial sum i mod 16 of 16. Interleaved (b = a + 1, stride 2) and planar (stride 1) channels are fast.
  loops::Powers (*powers_s16)(const std::int16_t* a, const std::int16_t* b, std::size_t stride,
                              std::size_t n) noexcept;
  loops::Powers (*powers_s32)(const std::int32_t* a, const std::int32_t* b, std::size_t stride,
                              std::size_t n) noexcept;
  loops::Powers (*powers_float)(const float* a, const float* b, std::size_t stride, std::size_t n) noexcept;
  loops::Power (*power_s16)(const std::int16_t* in, std::size_t n) noexcept;
  /// out[i] = in[i] * window[i].
  void (*window_s16)(const std::int16_t* in, const float* window, std::size_t n, float* out) noexcept;
  void (*window_float)(const float* in, const float* window, std::size_t n, float* out) noexcept;
  /// The last step of a real transform of 2 * n numbers, computed as the complex transform `half` of n:
  /// out[k] = |X[k]|^2 for 0 < first <= k < end <= n, at least 16 of them. cosines[k] and sines[k] are those of the
  /// angle pi * k / n.
  void (*energies)(const float* half, std::size_t n, const float* cosines, const float* sines,
                   std::size_t first, std::size_t end, float* out) noexcept;
  /// out[b] = sum of in[8 * b .. 8 * b + 8).
  void (*sum_by_eight)(const float* in, std::size_t n, float* out) noexcept;
};

/// All sets of this build, fastest first. The last one runs on any processor.
std::span<const SampleLoops> all_sample_loops() noexcept;

/// The set in use: the one named by ECHOFOLD_SIMD, otherwise the first supported one. Chosen once.
const SampleLoops& sample_loops() noexcept;

}  // namespace echofold
