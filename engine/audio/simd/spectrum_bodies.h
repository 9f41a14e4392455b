// The last step of a real transform, and sums of neighbouring bins.
#pragma once

#include "engine/audio/simd/vectors.h"

namespace echofold::loops {
namespace {

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
