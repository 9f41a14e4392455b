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
  for (std::size_t k = 0; k < mid_.size(); ++k) {
    const AVComplexFloat z = out[k], y = out[(in.size() - k) % in.size()];
    mid_[k] = {(z.re + y.re) / 2, (z.im - y.im) / 2};
    side_[k] = {(z.im + y.im) / 2, (y.re - z.re) / 2};
  }
}

}  // namespace echofold
