// Vectors of four, and loads of any vector. See loop_bodies.h for the rules of these headers.
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

}  // namespace
}  // namespace echofold::loops
