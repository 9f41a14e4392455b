// The filter of floats. It rounds as swresample does: uncertain outputs are summed again in swresample's order.
#pragma once

#include "engine/audio/simd/filter_place.h"
#include "engine/audio/simd/vectors.h"

namespace echofold::loops {
namespace {

/// Samples on the 16-bit scale, rounded to the nearest whole number, ties to even. NaN becomes the lowest value.
struct Rounded {
  Ints4 samples;
  Ints4 uncertain;  ///< not 0: so close to a half that another order of summing might round the other way
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
    if (any(rounded[0].uncertain | rounded[1].uncertain))
      for (std::size_t k = 0; k < 8; ++k)
        if (rounded[k / 4].uncertain[k % 4] != 0)
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
    if (any(rounded.uncertain))
      for (std::size_t k = 0; k < 4; ++k)
        if (rounded.uncertain[k] != 0)
          rounded.samples[k] =
              exact_sample<Lanes>(in, static_cast<std::size_t>(from[k] - in.mixed), taps[k], filter.length);
    for (std::size_t k = 0; k < count; ++k) out[done + k] = static_cast<std::int16_t>(rounded.samples[k]);
  }
}

}  // namespace
}  // namespace echofold::loops
