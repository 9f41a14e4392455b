// The loops, written once. The source of each instruction set defines its Lanes and then includes this file.
//
// Everything here has internal linkage, and the file includes only the header below: an inline function compiled for
// AVX2 and left as a weak symbol could be the copy that the linker uses in the whole program. The compiler vectorises
// what is plain C++ here. Products and sums are fused only where the code asks for it (-ffp-contract=off).
//
// Lanes defines:
//   - Floats, a vector of `width` floats; HalfShorts, of `width` 16-bit numbers; Shorts, of twice as many, whose
//     products are added in pairs to Ints; Exact, of the `exact_width` floats that swresample processes at once
//   - multiply_add(a, b, sum)
//   - fold(sum), which adds the upper half of a vector to its lower half until four elements remain
//   - within(x, low, high), which returns low for NaN
//   - even(p) and odd(p), the even and odd elements of 2 * `width` floats, and even_backwards and odd_backwards
#pragma once

#include "engine/audio/simd/loop_functions.h"

namespace echofold::loops {
namespace {

using Floats4 = float __attribute__((vector_size(16)));
using Ints4 = std::int32_t __attribute__((vector_size(16)));
using Shorts4 = std::int16_t __attribute__((vector_size(8)));

template <class Vector, class T>
Vector load(const T* from) noexcept {
  Vector vector;
  __builtin_memcpy(&vector, from, sizeof vector);
  return vector;
}

template <class Sample>
constexpr float to_float(Sample sample) noexcept {
  return static_cast<float>(sample) * (sizeof(Sample) == 2 ? 1 / 32768.0F : 1 / 2147483648.0F);
}
template <>
constexpr float to_float<float>(float sample) noexcept {
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

template <class Out, class Sample>
Out as(Sample sample) noexcept {
  if constexpr (sizeof(Sample) == 2)
    return sample;
  else
    return to_float(sample);
}

template <class Sample, class Out>
void pick(const Sample* in, std::size_t stride, std::size_t n, Out* out) noexcept {
  if (stride == 1)
    for (std::size_t i = 0; i < n; ++i) out[i] = as<Out>(in[i]);
  else if (stride == 2)
    for (std::size_t i = 0; i < n; ++i) out[i] = as<Out>(in[2 * i]);
  else
    for (std::size_t i = 0; i < n; ++i) out[i] = as<Out>(in[stride * i]);
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

/// Planar: samples p[0] .. p[width - 1].
template <class Lanes>
typename Lanes::Floats floats_at(const std::int16_t* p) noexcept {
  return __builtin_convertvector(
      __builtin_convertvector(load<typename Lanes::HalfShorts>(p), typename Lanes::Ints),
      typename Lanes::Floats);
}
template <class Lanes>
typename Lanes::Floats floats_at(const std::int32_t* p) noexcept {
  return __builtin_convertvector(load<typename Lanes::Ints>(p), typename Lanes::Floats);
}
template <class Lanes>
typename Lanes::Floats floats_at(const float* p) noexcept {
  return load<typename Lanes::Floats>(p);
}

template <class Lanes>
struct Pair {
  typename Lanes::Floats a, b;
};

/// Interleaved: the first of each two samples from p on, and the second ones.
template <class Lanes>
Pair<Lanes> pairs_at(const std::int16_t* p) noexcept {
  using Ints = typename Lanes::Ints;
  // the first sample of a pair is the lower half: all supported processors are little-endian
  const Ints both = load<Ints>(p);
  return {__builtin_convertvector((both << 16) >> 16, typename Lanes::Floats),
          __builtin_convertvector(both >> 16, typename Lanes::Floats)};
}
template <class Lanes>
Pair<Lanes> pairs_at(const std::int32_t* p) noexcept {
  using Floats = typename Lanes::Floats;
  using Ints = typename Lanes::Ints;
  const auto* bits = reinterpret_cast<const float*>(p);  // even() only moves the bits
  const Floats even = Lanes::even(bits), odd = Lanes::odd(bits);
  return {__builtin_convertvector(load<Ints>(&even), Floats),
          __builtin_convertvector(load<Ints>(&odd), Floats)};
}
template <class Lanes>
Pair<Lanes> pairs_at(const float* p) noexcept {
  return {Lanes::even(p), Lanes::odd(p)};
}

/// Sixteen partial sums, whatever the width of a vector, so that all sets add in the same order.
constexpr std::size_t partial_sums = 16;

template <class Lanes>
class PowerSums {
 public:
  using Floats = typename Lanes::Floats;

  /// @param v  index of the vector within the sixteen sums
  void add(std::size_t v, Floats a, Floats b) noexcept {
    const Floats sum = a + b, difference = a - b;
    sums_[0][v] += a * a;
    sums_[1][v] += b * b;
    sums_[2][v] += sum * sum;
    sums_[3][v] += difference * difference;
  }

  /// @param rest  number of samples, fewer than sixteen; sample i is at a[i * stride] and b[i * stride]
  template <class Sample>
  Powers finish(const Sample* a, const Sample* b, std::size_t stride, std::size_t rest) const noexcept {
    float parts[4][partial_sums];
    __builtin_memcpy(parts, sums_, sizeof parts);
    for (std::size_t i = 0; i < rest; ++i) {
      const auto left = static_cast<float>(a[i * stride]), right = static_cast<float>(b[i * stride]);
      const float sum = left + right, difference = left - right;
      parts[0][i] += left * left;
      parts[1][i] += right * right;
      parts[2][i] += sum * sum;
      parts[3][i] += difference * difference;
    }
    double totals[4] = {};
    for (std::size_t k = 0; k < 4; ++k)
      for (std::size_t i = 0; i < partial_sums; ++i) totals[k] += static_cast<double>(parts[k][i]);
    constexpr double step = static_cast<double>(to_float(Sample{1})), scale = step * step;
    return {totals[0] * scale, totals[1] * scale, totals[2] * (scale / 4), totals[3] * (scale / 4)};
  }

 private:
  Floats sums_[4][partial_sums / Lanes::width] = {};
};

template <class Lanes, class Sample>
Powers powers(const Sample* a, const Sample* b, std::size_t stride, std::size_t n) noexcept {
  constexpr std::size_t vectors = partial_sums / Lanes::width;
  PowerSums<Lanes> sums;
  std::size_t done = 0;
  if (stride == 1) {
    for (; done + partial_sums <= n; done += partial_sums)
      for (std::size_t v = 0; v < vectors; ++v)
        sums.add(v, floats_at<Lanes>(a + done + v * Lanes::width),
                 floats_at<Lanes>(b + done + v * Lanes::width));
  } else if (stride == 2 && b == a + 1) {
    for (; done + partial_sums <= n; done += partial_sums)
      for (std::size_t v = 0; v < vectors; ++v) {
        const Pair<Lanes> pair = pairs_at<Lanes>(a + 2 * (done + v * Lanes::width));
        sums.add(v, pair.a, pair.b);
      }
  } else {
    for (; done + partial_sums <= n; done += partial_sums) {
      float left[partial_sums], right[partial_sums];
      for (std::size_t i = 0; i < partial_sums; ++i) {
        left[i] = static_cast<float>(a[(done + i) * stride]);
        right[i] = static_cast<float>(b[(done + i) * stride]);
      }
      for (std::size_t v = 0; v < vectors; ++v)
        sums.add(v, floats_at<Lanes>(left + v * Lanes::width), floats_at<Lanes>(right + v * Lanes::width));
    }
  }
  return sums.finish(a + done * stride, b + done * stride, stride, n - done);
}

inline Power power(const std::int16_t* in, std::size_t n) noexcept {
  constexpr std::size_t most_in_32_bits = 65'536;
  Power power;
  for (std::size_t done = 0; done < n;) {
    const std::size_t count = n - done < most_in_32_bits ? n - done : most_in_32_bits;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::int32_t sample = in[done + i];
      sum += sample;
      power.squares += static_cast<std::uint32_t>(sample * sample);
    }
    power.sum += sum;
    done += count;
  }
  return power;
}

/// Element i is the sum of the elements of vector i.
template <class Vector>
Vector sums_of_four(const Vector* part) noexcept {
  const Vector a = __builtin_shufflevector(part[0], part[1], 0, 4, 1, 5);
  const Vector b = __builtin_shufflevector(part[0], part[1], 2, 6, 3, 7);
  const Vector c = __builtin_shufflevector(part[2], part[3], 0, 4, 1, 5);
  const Vector d = __builtin_shufflevector(part[2], part[3], 2, 6, 3, 7);
  const Vector ab = a + b,
               cd = c + d;  // ab: vectors 0 and 1 interleaved, halves still to add; cd: vectors 2 and 3
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

/// Where the next outputs of a filter lie: `in` is the first sample that the first of them uses.
template <class Tap>
struct Place {
  const Filter<Tap>& filter;
  std::size_t at = 0, phase = 0;

  const Tap* taps() const noexcept { return filter.taps + phase * filter.length; }
  /// Branch-free: which output takes an extra sample is effectively random.
  void advance(std::size_t whole, std::size_t part) noexcept {
    phase += part;
    const auto wraps = static_cast<std::size_t>(phase >= filter.phases);
    phase -= filter.phases & (0 - wraps);
    at += whole + wraps;
  }
};

/// @param samples  within 16 bits
inline void put(Ints4 samples, std::int16_t* out) noexcept {
  const Shorts4 four = __builtin_convertvector(samples, Shorts4);
  __builtin_memcpy(out, &four, sizeof four);
}

/// Sums of products with taps of 15 fractional bits, rounded and clamped to 16 bits.
inline Ints4 to_samples(Ints4 sums) noexcept {
  const Ints4 rounded = (sums + 16384) >> 15, lowest = Ints4{} - 32768, highest = Ints4{} + 32767;
  const Ints4 low = rounded > lowest ? rounded : lowest;
  return low < highest ? low : highest;
}

/// If all outputs have the same taps: computes eight at once, so that the taps are loaded once for eight.
/// @return how many outputs were computed
template <class Lanes>
std::size_t filter_s16_by_eight(const std::int16_t* in, const Filter<std::int16_t>& filter, std::size_t n,
                                std::int16_t* out) noexcept {
  using Shorts = typename Lanes::Shorts;
  std::size_t done = 0;
  for (; done + 8 <= n; done += 8) {
    const std::int16_t* from = in + done * filter.step;
    typename Lanes::Ints sums[8] = {};
    for (std::size_t i = 0; i < filter.length; i += 2 * Lanes::width) {
      const Shorts taps = load<Shorts>(filter.taps + i);
      for (std::size_t k = 0; k < 8; ++k)
        sums[k] = Lanes::multiply_add(load<Shorts>(from + i + k * filter.step), taps, sums[k]);
    }
    Ints4 folded[8];
    for (std::size_t k = 0; k < 8; ++k) folded[k] = Lanes::fold(sums[k]);
    const Ints4 samples[2] = {to_samples(sums_of_four(folded)), to_samples(sums_of_four(folded + 4))};
    put(samples[0], out + done);
    put(samples[1], out + done + 4);
  }
  return done;
}

template <class Lanes>
Ints4 dot(const std::int16_t* in, const std::int16_t* taps, std::size_t length) noexcept {
  using Shorts = typename Lanes::Shorts;
  typename Lanes::Ints sum = {};
  for (std::size_t i = 0; i < length; i += 2 * Lanes::width)
    sum = Lanes::multiply_add(load<Shorts>(in + i), load<Shorts>(taps + i), sum);
  return Lanes::fold(sum);
}

template <class Lanes>
void filter_s16(const std::int16_t* in, const Filter<std::int16_t>& filter, std::size_t phase, std::size_t n,
                std::int16_t* out) noexcept {
  const std::size_t whole = filter.step / filter.phases, part = filter.step % filter.phases;
  const std::size_t before = filter.phases == 1 ? filter_s16_by_eight<Lanes>(in, filter, n, out) : 0;
  Place<std::int16_t> place{filter, before * whole, phase};
  for (std::size_t done = before; done < n; done += 4) {
    Ints4 sums[4] = {};
    const std::size_t count = n - done < 4 ? n - done : 4;
    for (std::size_t k = 0; k < count; ++k) {
      sums[k] = dot<Lanes>(in + place.at, place.taps(), filter.length);
      place.advance(whole, part);
    }
    const Ints4 samples = to_samples(sums_of_four(sums));
    for (std::size_t k = 0; k < count; ++k) out[done + k] = static_cast<std::int16_t>(samples[k]);
  }
}

/// Samples on the 16-bit scale, rounded to the nearest whole number, ties to even. NaN becomes the lowest value.
struct Rounded {
  Ints4 samples;
  Ints4 open;  ///< not 0: so close to a half that another order of summing might round the other way
};

template <class Lanes>
Rounded round_samples(Floats4 sums) noexcept {
  // Sums in another order differ by about 1e-8 of full scale: a thousandth of a step.
  constexpr float near = 0.5F - 0.005F, shift = 12582912.0F;  // 1.5 * 2^23: adding it removes the fraction
  const Floats4 within = Lanes::within(sums * 32768.0F, -32768.0F, 32767.0F);
  const Floats4 rounded = (within + shift) - shift, rest = within - rounded;
  return {__builtin_convertvector(rounded, Ints4), (rest > near) | (rest < -near)};
}

inline bool any(Ints4 lanes) noexcept {
  std::uint64_t halves[2];
  __builtin_memcpy(halves, &lanes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// The sums for four outputs.
template <class Lanes>
Floats4 four_sums(const float* const* in, const float* const* taps, std::size_t length) noexcept {
  using Floats = typename Lanes::Floats;
  Floats sums[4] = {};
  for (std::size_t i = 0; i < length; i += Lanes::width)
    for (std::size_t k = 0; k < 4; ++k)
      sums[k] = Lanes::multiply_add(load<Floats>(in[k] + i), load<Floats>(taps[k] + i), sums[k]);
  const Floats4 folded[4] = {Lanes::fold(sums[0]), Lanes::fold(sums[1]), Lanes::fold(sums[2]),
                             Lanes::fold(sums[3])};
  return sums_of_four(folded);
}

/// Adds in the order of swresample's own code for this instruction set.
template <class Lanes>
float exact_sum(const float* in, const float* taps, std::size_t length) noexcept {
  using Exact = typename Lanes::Exact;
  Exact sum = {};
  for (std::size_t i = 0; i < length; i += Lanes::exact_width)
    sum = Lanes::multiply_add(load<Exact>(in + i), load<Exact>(taps + i), sum);
  const Floats4 four = Lanes::fold(sum);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

template <class Lanes>
std::int32_t exact_sample(const FloatPlanes& in, std::size_t at, const float* taps,
                          std::size_t length) noexcept {
  float sum = 0;
  if (in.left == nullptr)
    sum = exact_sum<Lanes>(in.mixed + at, taps, length);
  else
    sum = exact_sum<Lanes>(in.left + at, taps, length) * 0.5F +
          exact_sum<Lanes>(in.right + at, taps, length) * 0.5F;
  return round_samples<Lanes>(Floats4{sum, sum, sum, sum}).samples[0];
}

/// If all outputs have the same taps: computes eight at once, so that the taps are loaded once for eight.
/// @return how many outputs were computed
template <class Lanes>
std::size_t filter_by_eight(const FloatPlanes& in, const Filter<float>& filter, std::size_t n,
                            std::int16_t* out) noexcept {
  using Floats = typename Lanes::Floats;
  std::size_t done = 0;
  for (; done + 8 <= n; done += 8) {
    const float* from = in.mixed + done * filter.step;
    Floats sums[8] = {};
    for (std::size_t i = 0; i < filter.length; i += Lanes::width) {
      const Floats taps = load<Floats>(filter.taps + i);
      for (std::size_t k = 0; k < 8; ++k)
        sums[k] = Lanes::multiply_add(load<Floats>(from + i + k * filter.step), taps, sums[k]);
    }
    Floats4 folded[8];
    for (std::size_t k = 0; k < 8; ++k) folded[k] = Lanes::fold(sums[k]);
    Rounded rounded[2] = {round_samples<Lanes>(sums_of_four(folded)),
                          round_samples<Lanes>(sums_of_four(folded + 4))};
    if (any(rounded[0].open | rounded[1].open))
      for (std::size_t k = 0; k < 8; ++k)
        if (rounded[k / 4].open[k % 4] != 0)
          rounded[k / 4].samples[k % 4] =
              exact_sample<Lanes>(in, (done + k) * filter.step, filter.taps, filter.length);
    for (std::size_t k = 0; k < 8; ++k)
      out[done + k] = static_cast<std::int16_t>(rounded[k / 4].samples[k % 4]);
  }
  return done;
}

template <class Lanes>
void filter_floats(const FloatPlanes& in, const Filter<float>& filter, std::size_t phase, std::size_t n,
                   std::int16_t* out) noexcept {
  const std::size_t whole = filter.step / filter.phases, part = filter.step % filter.phases;
  const std::size_t before = filter.phases == 1 ? filter_by_eight<Lanes>(in, filter, n, out) : 0;
  Place<float> place{filter, before * whole, phase};
  for (std::size_t done = before; done < n; done += 4) {
    const float *from[4], *taps[4];
    const std::size_t count = n - done < 4 ? n - done : 4;
    for (std::size_t k = 0; k < 4; ++k) {  // if fewer than four remain, the last one is repeated
      from[k] = in.mixed + place.at;
      taps[k] = place.taps();
      if (k + 1 < count || done + 4 < n) place.advance(whole, part);
    }
    Rounded rounded = round_samples<Lanes>(four_sums<Lanes>(from, taps, filter.length));
    if (any(rounded.open))
      for (std::size_t k = 0; k < 4; ++k)
        if (rounded.open[k] != 0)
          rounded.samples[k] =
              exact_sample<Lanes>(in, static_cast<std::size_t>(from[k] - in.mixed), taps[k], filter.length);
    for (std::size_t k = 0; k < count; ++k) out[done + k] = static_cast<std::int16_t>(rounded.samples[k]);
  }
}

/// out[k] = |X[k]|^2 of a real transform that was computed as a complex one of half the size, from half[k] and
/// half[n - k]. `end - first` is at least Lanes::width.
template <class Lanes>
void energies(const float* half, std::size_t n, const float* cosines, const float* sines, std::size_t first,
              std::size_t end, float* out) noexcept {
  using Floats = typename Lanes::Floats;
  for (std::size_t at = first; at < end; at += Lanes::width) {
    // the last vector may overlap the one before
    const std::size_t k = at + Lanes::width <= end ? at : end - Lanes::width;
    const float *a = half + 2 * k, *b = half + 2 * (n - k + 1 - Lanes::width);
    const Floats ar = Lanes::even(a), ai = Lanes::odd(a), br = Lanes::even_backwards(b),
                 bi = Lanes::odd_backwards(b);
    const Floats cosine = load<Floats>(cosines + k), sine = load<Floats>(sines + k);
    const Floats er = ar + br, ei = ai - bi, dr = ar - br, di = ai + bi;
    const Floats re = er + (cosine * di - sine * dr), im = ei - (cosine * dr + sine * di);
    const Floats energy = (re * re + im * im) * 0.25F;
    __builtin_memcpy(out + k, &energy, sizeof energy);
  }
}

/// out[b] = the sum of eight neighbours from in[8 * b] on.
inline void sum_by_eight(const float* in, std::size_t n, float* out) noexcept {
  for (std::size_t b = 0; b < n; ++b, in += 8)
    out[b] = ((in[0] + in[1]) + (in[2] + in[3])) + ((in[4] + in[5]) + (in[6] + in[7]));
}

}  // namespace
}  // namespace echofold::loops

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
