// Both blocks go through one complex transform, twice as long as they are, so that no sound wraps around.
#include "engine/audio/phase_correlation.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "engine/audio/complex_transform.h"

namespace echofold {
namespace {

constexpr float least_size = 1e-5F;  // of the strongest bin: below it is what a codec left, not the music

}  // namespace

struct PhaseCorrelation::Transforms {
  explicit Transforms(std::size_t block)
      : samples(block),
        count(2 * block),
        forward(count),
        backward(count, ComplexTransform::Direction::backward) {}

  /// One bin of the cross spectrum of the two blocks.
  std::complex<float> cross(std::size_t k) {
    const AVComplexFloat z = forward.out()[k], y = forward.out()[count - k];
    return std::complex<float>(z.re + y.re, z.im - y.im) *
           std::conj(std::complex<float>(z.im + y.im, y.re - z.re));
  }

  /// The cross spectrum of the two blocks, each bin scaled to 1, as the input of the transform back.
  /// @return the number of bins of the band
  std::size_t whiten(double low, double high) {
    const auto first = std::max<std::size_t>(1, static_cast<std::size_t>(low * static_cast<double>(count)));
    const auto last = std::min(count / 2 - 1, static_cast<std::size_t>(high * static_cast<double>(count)));
    float strongest = 0;
    for (std::size_t k = first; k <= last; ++k) strongest = std::max(strongest, std::norm(cross(k)));
    const float least = std::sqrt(strongest) * least_size;
    const auto white = backward.in();
    std::size_t bins = 0;
    for (std::size_t k = 1; k < count / 2; ++k) {
      const std::complex<float> both = cross(k);
      const float size = std::abs(both);
      const bool counts = k >= first && k <= last && size > least;
      bins += counts ? 1 : 0;
      const std::complex<float> one = counts ? both / size : 0;
      white[k] = {one.real(), one.imag()};
      white[count - k] = {one.real(), -one.imag()};
    }
    white[0] = white[count / 2] = {0, 0};
    return bins;
  }

  std::size_t samples, count;
  ComplexTransform forward, backward;
};

PhaseCorrelation::PhaseCorrelation(std::size_t samples)
    : transforms_(std::make_unique<Transforms>(samples)) {}
PhaseCorrelation::~PhaseCorrelation() = default;
PhaseCorrelation::PhaseCorrelation(PhaseCorrelation&&) noexcept = default;

Delay PhaseCorrelation::find(std::span<const float> a, std::span<const float> b, std::size_t most, double low,
                             double high) {
  Transforms& t = *transforms_;
  const auto in = t.forward.in();
  std::fill(in.begin(), in.end(), AVComplexFloat{0, 0});
  for (std::size_t i = 0; i < std::min(a.size(), t.samples); ++i) in[i].re = a[i];
  for (std::size_t i = 0; i < std::min(b.size(), t.samples); ++i) in[i].im = b[i];
  t.forward.run();
  const std::size_t bins = t.whiten(low, high);
  if (bins == 0) return {};
  t.backward.run();
  Delay best;
  const auto reach = static_cast<std::ptrdiff_t>(std::min(most, t.samples - 1));
  for (std::ptrdiff_t delay = -reach; delay <= reach; ++delay) {
    const auto at =
        static_cast<std::size_t>(delay < 0 ? delay + static_cast<std::ptrdiff_t>(t.count) : delay);
    const float height = std::abs(t.backward.out()[at].re) / static_cast<float>(2 * bins);
    if (height > best.height) best = {delay, height};
  }
  return best;
}

}  // namespace echofold
