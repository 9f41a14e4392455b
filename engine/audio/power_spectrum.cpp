// libav's complex transform: even samples are its real parts, odd ones its imaginary parts.
#include "engine/audio/power_spectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/audio/complex_transform.h"
#include "engine/audio/simd/sample_loops.h"

namespace echofold {

struct PowerSpectrum::Transform : ComplexTransform {
  explicit Transform(std::size_t samples) : ComplexTransform(samples / 2) {}
  // Two neighbours are the parts of one complex number.
  std::span<float> reals() noexcept { return {&in().front().re, 2 * in().size()}; }
};

PowerSpectrum::PowerSpectrum(std::size_t samples, std::size_t first, std::size_t end)
    : first_(first), transform_(std::make_unique<Transform>(samples)), energies_(end) {
  for (std::size_t k = 0; k < end; ++k) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(samples);
    cosines_.push_back(static_cast<float>(std::cos(angle)));
    sines_.push_back(static_cast<float>(std::sin(angle)));
  }
}

PowerSpectrum::~PowerSpectrum() = default;
PowerSpectrum::PowerSpectrum(PowerSpectrum&&) noexcept = default;

std::span<float> PowerSpectrum::window() noexcept { return transform_->reals(); }

std::span<const float> PowerSpectrum::compute() {
  Transform& t = *transform_;
  t.run();
  const float* half = &t.out().front().re;
  sample_loops().energies(half, t.in().size(), cosines_.data(), sines_.data(),
                          std::max<std::size_t>(first_, 1), energies_.size(), energies_.data());
  if (first_ == 0) energies_[0] = (half[0] + half[1]) * (half[0] + half[1]);
  return std::span(energies_).subspan(first_);
}

}  // namespace echofold
