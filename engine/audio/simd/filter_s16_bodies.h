// The filter of 16-bit samples, with exact sums.
#pragma once

#include "engine/audio/simd/filter_place.h"
#include "engine/audio/simd/vectors.h"

namespace echofold::loops {
namespace {

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

}  // namespace
}  // namespace echofold::loops
