// Sums of squares of one and of two channels.
#pragma once

#include "engine/audio/simd/vectors.h"

namespace echofold::loops {
namespace {

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

}  // namespace
}  // namespace echofold::loops
