// One complex transform gives two real ones: Z[k] and Z[n - k] mix the two spectra in two ways.
#include "engine/audio/stereo_spectrum.h"

#include "engine/audio/complex_transform.h"

namespace echofold {

struct StereoSpectrum::Transform : ComplexTransform {
  using ComplexTransform::ComplexTransform;
};

StereoSpectrum::StereoSpectrum(std::size_t samples, std::size_t end)
    : transform_(std::make_unique<Transform>(samples)), mid_(end), side_(end) {}
StereoSpectrum::~StereoSpectrum() = default;
StereoSpectrum::StereoSpectrum(StereoSpectrum&&) noexcept = default;

void StereoSpectrum::compute(std::span<const MidSide> samples, std::span<const float> window) {
  const auto in = transform_->in();
  for (std::size_t i = 0; i < in.size(); ++i)
    in[i] = {samples[i].mid * window[i], samples[i].side * window[i]};
  transform_->run();
  const auto out = transform_->out();
  const auto take_apart = [&](std::size_t k, const AVComplexFloat& z, const AVComplexFloat& y) {
    mid_[k] = {(z.re + y.re) / 2, (z.im - y.im) / 2};
    side_[k] = {(z.im + y.im) / 2, (y.re - z.re) / 2};
  };
  if (!mid_.empty()) take_apart(0, out[0], out[0]);
  for (std::size_t k = 1; k < mid_.size(); ++k) take_apart(k, out[k], out[in.size() - k]);
}

}  // namespace echofold
