// See band_power.h.
#include "engine/audio/band_power.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {
namespace {

std::size_t bin_of(double hz, std::size_t samples, int rate_hz) noexcept {
  const double bin = std::round(hz * static_cast<double>(samples) / std::max(rate_hz, 1));
  return static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(samples) / 2));
}

std::size_t end_bin(std::size_t first, double to_hz, std::size_t samples, int rate_hz) noexcept {
  return std::min(samples / 2, std::max(bin_of(to_hz, samples, rate_hz), first + 1));
}

std::size_t first_bin(double from_hz, std::size_t samples, int rate_hz) noexcept {
  return std::min(bin_of(from_hz, samples, rate_hz), samples / 2 - 1);
}

}  // namespace

BandPower::BandPower(std::size_t samples, int rate_hz, double from_hz, double to_hz)
    : hann_(samples),
      spectrum_(samples, first_bin(from_hz, samples, rate_hz),
                end_bin(first_bin(from_hz, samples, rate_hz), to_hz, samples, rate_hz)) {
  const double step = 2 * std::numbers::pi / static_cast<double>(samples);
  double square_sum = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    hann_[i] = static_cast<float>(0.5 - 0.5 * std::cos(step * static_cast<double>(i)));
    square_sum += double{hann_[i]} * hann_[i];
  }
  scale_ = 2 / (square_sum * static_cast<double>(samples));
}

double BandPower::of(std::span<const float> window) {
  sample_loops().window_float(window.data(), hann_.data(), hann_.size(), spectrum_.window().data());
  const std::span<const float> bins = spectrum_.compute();
  return scale_ * std::accumulate(bins.begin(), bins.end(), 0.0);
}

}  // namespace echofold
