// The loops, written once. A source of one instruction set includes this after it has defined its Lanes.
//
// Everything here has internal linkage and no include but the one below: an inline function compiled for AVX2
// and left as a weak symbol could be the copy that the linker gives to the whole program. What is plain C++ here
// is left to the compiler's vectoriser. Sums of floats are taken in an order that no instruction set changes, and
// no product is contracted with a sum (-ffp-contract=off): every processor gives the same samples.
//
// Lanes: Floats, a vector of `width` floats; dot(a, b), 2 * `width` products of 16-bit numbers, added up in pairs
// and then to Ints, four sums.
#pragma once

#include "engine/audio/simd/loop_functions.h"

namespace echofold::loops {
namespace {

using Floats4 = float __attribute__((vector_size(16)));
using Ints4 = std::int32_t __attribute__((vector_size(16)));

/// Lanes of a sum of floats, whatever the instruction set.
constexpr std::size_t lanes = 16;

template <class Vector, class T>
Vector load(const T* from) noexcept {
  Vector vector;
  __builtin_memcpy(&vector, from, sizeof vector);
  return vector;
}

template <class Sample>
float to_float(Sample sample) noexcept {
  return static_cast<float>(sample) * (sizeof(Sample) == 2 ? 1 / 32768.0F : 1 / 2147483648.0F);
}
template <>
float to_float<float>(float sample) noexcept {
  return sample;
}

template <class Sample>
void mix(const Sample* a, const Sample* b, std::size_t stride, std::size_t n, float* out) noexcept {
  if (stride == 1)
    for (std::size_t i = 0; i < n; ++i) out[i] = (to_float(a[i]) + to_float(b[i])) * 0.5F;
  else if (stride == 2)
    for (std::size_t i = 0; i < n; ++i) out[i] = (to_float(a[2 * i]) + to_float(b[2 * i])) * 0.5F;
  else
    for (std::size_t i = 0; i < n; ++i) out[i] = (to_float(a[stride * i]) + to_float(b[stride * i])) * 0.5F;
}

template <class Sample>
Levels levels(const Sample* in, std::size_t n) noexcept {
  Sample highest = 0, lowest = 0, bits = 0;
  for (std::size_t i = 0; i < n; ++i) {
    highest = in[i] > highest ? in[i] : highest;
    lowest = in[i] < lowest ? in[i] : lowest;
    bits = static_cast<Sample>(bits | in[i]);
  }
  return {highest, lowest, static_cast<std::uint32_t>(bits)};
}

inline Floats4 fold(Floats4 vector) noexcept { return vector; }

#ifdef __AVX2__
using Floats8 = float __attribute__((vector_size(32)));
inline Floats4 fold(Floats8 vector) noexcept {
  return __builtin_shufflevector(vector, vector, 0, 1, 2, 3) +
         __builtin_shufflevector(vector, vector, 4, 5, 6, 7);
}
#endif

/// Sixteen running sums, then lanes i and i + 8 added, then i and i + 4.
template <class Lanes>
Floats4 dot_float(const float* in, const float* taps, std::size_t length) noexcept {
  using Floats = typename Lanes::Floats;
  constexpr std::size_t parts = lanes / Lanes::width;
  Floats sums[parts] = {};
  for (std::size_t i = 0; i < length; i += lanes)
    for (std::size_t p = 0; p < parts; ++p)
      sums[p] += load<Floats>(in + i + p * Lanes::width) * load<Floats>(taps + i + p * Lanes::width);
  if constexpr (parts == 4) return (sums[0] + sums[2]) + (sums[1] + sums[3]);
  if constexpr (parts == 2) return fold(sums[0] + sums[1]);
}

template <class Lanes>
Ints4 dot_s16(const std::int16_t* in, const std::int16_t* taps, std::size_t length) noexcept {
  return Lanes::dot(in, taps, length);
}

/// Element i is the sum of the elements of part i.
template <class Vector>
Vector sums_of_four(const Vector* part) noexcept {
  const Vector a = __builtin_shufflevector(part[0], part[1], 0, 4, 1, 5);
  const Vector b = __builtin_shufflevector(part[0], part[1], 2, 6, 3, 7);
  const Vector c = __builtin_shufflevector(part[2], part[3], 0, 4, 1, 5);
  const Vector d = __builtin_shufflevector(part[2], part[3], 2, 6, 3, 7);
  const Vector ab = a + b, cd = c + d;  // part 0 and 1 in turn, halves to add; part 2 and 3
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

/// To the nearest whole number, ties to even, within 16 bits; what is no number becomes the lowest.
inline Ints4 to_samples(Floats4 sums) noexcept {
  Floats4 scaled = sums * 32768.0F;
  constexpr float round = 12582912.0F;  // 1.5 * 2^23: adding it leaves no fraction
  Ints4 out;
  for (int i = 0; i < 4; ++i) {
    const float low = scaled[i] > -32768.0F ? scaled[i] : -32768.0F;
    const float within = low < 32767.0F ? low : 32767.0F;
    out[i] = static_cast<std::int32_t>((within + round) - round);
  }
  return out;
}

/// Sums of taps of 15 fractional bits, rounded and cut to 16 bits.
inline Ints4 to_samples(Ints4 sums) noexcept {
  const Ints4 rounded = (sums + 16384) >> 15;
  const Ints4 low = rounded > -32768 ? rounded : Ints4{} - 32768;
  return low < 32767 ? low : Ints4{} + 32767;
}

template <class Tap, class Dot>
void filter(const Tap* in, const Filter<Tap>& filter, std::size_t phase, std::size_t n, std::int16_t* out,
            Dot dot) noexcept {
  using Sums = decltype(dot(in, filter.taps, filter.length));
  const std::size_t whole = filter.step / filter.phases, part = filter.step % filter.phases;
  for (std::size_t done = 0; done < n; done += 4) {
    Sums sums[4] = {};
    const std::size_t count = n - done < 4 ? n - done : 4;
    for (std::size_t k = 0; k < count; ++k) {
      sums[k] = dot(in, filter.taps + phase * filter.length, filter.length);
      in += whole;
      phase += part;
      if (phase >= filter.phases) {
        phase -= filter.phases;
        ++in;
      }
    }
    const Ints4 samples = to_samples(sums_of_four(sums));
    for (std::size_t k = 0; k < count; ++k) out[done + k] = static_cast<std::int16_t>(samples[k]);
  }
}

/// Of a real transform that was computed as one of half as many complex numbers: |X[k]|^2 from half[k] and
/// half[n - k].
inline void energies(const float* half, std::size_t n, const float* cosines, const float* sines,
                     std::size_t first, std::size_t end, float* out) noexcept {
  const float* mirrored = half + 2 * n;
  for (std::size_t k = first; k < end; ++k) {
    const float ar = half[2 * k], ai = half[2 * k + 1];
    const float br = *(mirrored - 2 * k), bi = *(mirrored - 2 * k + 1);
    const float er = ar + br, ei = ai - bi, dr = ar - br, di = ai + bi;
    const float re = er + (cosines[k] * di - sines[k] * dr);
    const float im = ei - (cosines[k] * dr + sines[k] * di);
    out[k] = (re * re + im * im) * 0.25F;
  }
}

}  // namespace
}  // namespace echofold::loops

// The entry points of the set `name`, in terms of its Lanes.
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
    if (stride == 2)                                                                                        \
      for (std::size_t i = 0; i < n; ++i) out[i] = in[2 * i];                                               \
    else                                                                                                    \
      for (std::size_t i = 0; i < n; ++i) out[i] = in[stride * i];                                          \
  }                                                                                                         \
  void average_s16_##name(const std::int16_t* with, std::size_t n, std::int16_t* in_place) noexcept {       \
    for (std::size_t i = 0; i < n; ++i)                                                                     \
      in_place[i] = static_cast<std::int16_t>((in_place[i] + with[i] + 1) >> 1);                            \
  }                                                                                                         \
  void filter_float_##name(const float* in, const Filter<float>& bank, std::size_t phase, std::size_t n,    \
                           std::int16_t* out) noexcept {                                                    \
    filter(in, bank, phase, n, out, dot_float<Lanes>);                                                      \
  }                                                                                                         \
  void filter_s16_##name(const std::int16_t* in, const Filter<std::int16_t>& bank, std::size_t phase,       \
                         std::size_t n, std::int16_t* out) noexcept {                                       \
    filter(in, bank, phase, n, out, dot_s16<Lanes>);                                                        \
  }                                                                                                         \
  Levels levels_s16_##name(const std::int16_t* in, std::size_t n) noexcept { return levels(in, n); }        \
  Levels levels_s32_##name(const std::int32_t* in, std::size_t n) noexcept { return levels(in, n); }        \
  void window_s16_##name(const std::int16_t* in, const float* window, std::size_t n, float* out) noexcept { \
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<float>(in[i]) * window[i];                     \
  }                                                                                                         \
  void window_float_##name(const float* in, const float* window, std::size_t n, float* out) noexcept {      \
    for (std::size_t i = 0; i < n; ++i) out[i] = in[i] * window[i];                                         \
  }                                                                                                         \
  void energies_##name(const float* half, std::size_t n, const float* cosines, const float* sines,          \
                       std::size_t first, std::size_t end, float* out) noexcept {                           \
    energies(half, n, cosines, sines, first, end, out);                                                     \
  }                                                                                                         \
  }  // namespace echofold::loops
