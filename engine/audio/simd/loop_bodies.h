// The loops, written once. The source of each instruction set includes this file and then defines its Lanes.
//
// Everything here and in the headers below has internal linkage, and they include nothing else: an inline function
// compiled for AVX2 and left as a weak symbol could be the copy that the linker uses in the whole program. The
// compiler vectorises what is plain C++ here. Products and sums are fused only where the code asks for it
// (-ffp-contract=off).
//
// Lanes defines:
//   - Floats, a vector of `width` floats; HalfShorts, of `width` 16-bit numbers; Shorts, of twice as many, whose
//     products are added in pairs to Ints; Exact, of the `exact_width` floats that swresample processes at once
//   - multiply_add(a, b, sum)
//   - fold(sum), which adds the upper half of a vector to its lower half until four elements remain
//   - within(x, low, high), which returns low for NaN
//   - even(p) and odd(p), the even and odd elements of 2 * `width` floats, and even_backwards and odd_backwards
#pragma once

#include "engine/audio/simd/copy_bodies.h"
#include "engine/audio/simd/filter_float_bodies.h"
#include "engine/audio/simd/filter_s16_bodies.h"
#include "engine/audio/simd/power_bodies.h"
#include "engine/audio/simd/spectrum_bodies.h"

// Defines the entry points of the set `name` with its Lanes.
#define ECHOFOLD_DEFINE_LOOPS(name, Lanes)                                                                  \
  namespace echofold::loops {                                                                               \
  void mix_float_##name(const float* a, const float* b, std::size_t stride, std::size_t n,                  \
                        float* out) noexcept {                                                              \
    mix(a, b, stride, n, out);                                                                              \
  }                                                                                                         \
  void mix_s16_##name(const std::int16_t* a, const std::int16_t* b, std::size_t stride, std::size_t n,      \
                      float* out) noexcept {                                                                \
    mix(a, b, stride, n, out);                                                                              \
  }                                                                                                         \
  void mix_s32_##name(const std::int32_t* a, const std::int32_t* b, std::size_t stride, std::size_t n,      \
                      float* out) noexcept {                                                                \
    mix(a, b, stride, n, out);                                                                              \
  }                                                                                                         \
  void pick_s16_##name(const std::int16_t* in, std::size_t stride, std::size_t n,                           \
                       std::int16_t* out) noexcept {                                                        \
    pick(in, stride, n, out);                                                                               \
  }                                                                                                         \
  void pick_s32_##name(const std::int32_t* in, std::size_t stride, std::size_t n, float* out) noexcept {    \
    pick(in, stride, n, out);                                                                               \
  }                                                                                                         \
  void pick_float_##name(const float* in, std::size_t stride, std::size_t n, float* out) noexcept {         \
    pick(in, stride, n, out);                                                                               \
  }                                                                                                         \
  void average_s16_##name(const std::int16_t* with, std::size_t n, std::int16_t* in_place) noexcept {       \
    for (std::size_t i = 0; i < n; ++i)                                                                     \
      in_place[i] = static_cast<std::int16_t>((in_place[i] + with[i] + 1) >> 1);                            \
  }                                                                                                         \
  void filter_float_##name(const FloatPlanes& in, const Filter<float>& bank, std::size_t phase,             \
                           std::size_t n, std::int16_t* out) noexcept {                                     \
    filter_floats<Lanes>(in, bank, phase, n, out);                                                          \
  }                                                                                                         \
  void filter_s16_##name(const std::int16_t* in, const Filter<std::int16_t>& bank, std::size_t phase,       \
                         std::size_t n, std::int16_t* out) noexcept {                                       \
    filter_s16<Lanes>(in, bank, phase, n, out);                                                             \
  }                                                                                                         \
  Levels levels_s16_##name(const std::int16_t* in, std::size_t n) noexcept { return levels(in, n); }        \
  Levels levels_s32_##name(const std::int32_t* in, std::size_t n) noexcept { return levels(in, n); }        \
  Powers powers_s16_##name(const std::int16_t* a, const std::int16_t* b, std::size_t stride,                \
                           std::size_t n) noexcept {                                                        \
    return powers<Lanes>(a, b, stride, n);                                                                  \
  }                                                                                                         \
  Powers powers_s32_##name(const std::int32_t* a, const std::int32_t* b, std::size_t stride,                \
                           std::size_t n) noexcept {                                                        \
    return powers<Lanes>(a, b, stride, n);                                                                  \
  }                                                                                                         \
  Powers powers_float_##name(const float* a, const float* b, std::size_t stride, std::size_t n) noexcept {  \
    return powers<Lanes>(a, b, stride, n);                                                                  \
  }                                                                                                         \
  Power power_s16_##name(const std::int16_t* in, std::size_t n) noexcept { return power(in, n); }           \
  void window_s16_##name(const std::int16_t* in, const float* window, std::size_t n, float* out) noexcept { \
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<float>(in[i]) * window[i];                     \
  }                                                                                                         \
  void window_float_##name(const float* in, const float* window, std::size_t n, float* out) noexcept {      \
    for (std::size_t i = 0; i < n; ++i) out[i] = in[i] * window[i];                                         \
  }                                                                                                         \
  void energies_##name(const float* half, std::size_t n, const float* cosines, const float* sines,          \
                       std::size_t first, std::size_t end, float* out) noexcept {                           \
    energies<Lanes>(half, n, cosines, sines, first, end, out);                                              \
  }                                                                                                         \
  void sum_by_eight_##name(const float* in, std::size_t n, float* out) noexcept {                           \
    sum_by_eight(in, n, out);                                                                               \
  }                                                                                                         \
  }  // namespace echofold::loops
