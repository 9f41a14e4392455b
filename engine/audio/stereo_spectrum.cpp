// One complex transform gives two real ones: Z[k] and Z[n - k] mix the two spectra in two ways.
#include "engine/audio/stereo_spectrum.h"

#include "engine/audio/complex_transform.h"
#include "engine/audio/simd/vectors.h"

namespace echofold {

struct StereoSpectrum::Transform : ComplexTransform {
  using ComplexTransform::ComplexTransform;
};

StereoSpectrum::StereoSpectrum(std::size_t samples, std::size_t end)
    : transform_(std::make_unique<Transform>(samples)), mid_(end), side_(end) {}
StereoSpectrum::~StereoSpectrum() = default;
StereoSpectrum::StereoSpectrum(StereoSpectrum&&) noexcept = default;

void StereoSpectrum::compute(std::span<const MidSide> samples, std::span<const float> window) {
  using loops::Floats4;
  const auto in = transform_->in();
  for (std::size_t i = 0; i < in.size(); i += 2) {  // two samples in a vector
    const Floats4 weights = {window[i], window[i], window[i + 1], window[i + 1]};
    const Floats4 weighted = loops::load<Floats4>(&samples[i]) * weights;
    __builtin_memcpy(&in[i], &weighted, sizeof weighted);
  }
  transform_->run();
  take_apart();
}

void StereoSpectrum::take_apart() {
  using loops::Floats4;
  const auto out = transform_->out();
  const std::size_t end = mid_.size(), samples = transform_->in().size();
  if (end == 0) return;
  mid_[0] = out[0].re;
  side_[0] = out[0].im;
  std::size_t k = 1;
  for (; k + 1 < end; k += 2) {  // two bins in a vector
    const auto z = loops::load<Floats4>(&out[k]), y = loops::load<Floats4>(&out[samples - k - 1]);
    const Floats4 mirrored = __builtin_shufflevector(y, y, 2, 3, 0, 1) * Floats4{1, -1, 1, -1};
    const Floats4 sum = z + mirrored, difference = z - mirrored;
    const Floats4 mid = sum * 0.5F;
    const Floats4 side =
        __builtin_shufflevector(difference, difference, 1, 0, 3, 2) * Floats4{0.5F, -0.5F, 0.5F, -0.5F};
    __builtin_memcpy(static_cast<void*>(&mid_[k]), &mid, sizeof mid);
    __builtin_memcpy(static_cast<void*>(&side_[k]), &side, sizeof side);
  }
  if (k < end) {
    const AVComplexFloat z = out[k], y = out[samples - k];
    mid_[k] = {(z.re + y.re) / 2, (z.im - y.im) / 2};
    side_[k] = {(z.im + y.im) / 2, (y.re - z.re) / 2};
  }
}

}  // namespace echofold
