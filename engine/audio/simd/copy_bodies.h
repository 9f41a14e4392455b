// Loops that copy samples or compare them, in plain C++.
#pragma once

#include "engine/audio/simd/vectors.h"

namespace echofold::loops {
namespace {

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

}  // namespace
}  // namespace echofold::loops
