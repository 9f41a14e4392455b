// Sums the spectra of both recordings, and their product, over each band.
#include "engine/listen/cells.h"

#include <cmath>
#include <numbers>

namespace echofold {
namespace {

using Bins = std::span<const std::complex<float>>;

std::vector<float> hann(std::size_t samples) {
  std::vector<float> window(samples);
  for (std::size_t i = 0; i < samples; ++i)
    window[i] = static_cast<float>(
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(samples)));
  return window;
}

/// So that a sine of amplitude 1 has the power .5: the sum of the squares of a Hann window is 3/8 of its length.
float power_scale(std::size_t samples) {
  const auto n = static_cast<float>(samples);
  return 2 / (n * n * 3 / 8);
}

Cell cell_of(Bins a, Bins b, float scale) {
  float power_a = 0, power_b = 0, real = 0, imaginary = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const float ar = a[k].real(), ai = a[k].imag(), br = b[k].real(), bi = b[k].imag();
    power_a += ar * ar + ai * ai;
    power_b += br * br + bi * bi;
    real += ar * br + ai * bi;
    imaginary += ai * br - ar * bi;
  }
  return {power_a * scale, power_b * scale, {real * scale, imaginary * scale}};
}

}  // namespace

CellMaker::CellMaker(const ListenBands& bands)
    : bands_(bands),
      hann_(hann(bands.window)),
      scale_(power_scale(bands.window)),
      a_(bands.window, bands.edges.back()),
      b_(bands.window, bands.edges.back()) {}

void CellMaker::add(std::span<const MidSide> a, std::span<const MidSide> b, CellTable& table) {
  a_.compute(a, hann_);
  b_.compute(b, hann_);
  table.bands = bands_.count();
  const std::pair<Bins, Bins> channels[] = {{a_.mid(), b_.mid()}, {a_.side(), b_.side()}};
  for (const auto& [bins_a, bins_b] : channels)
    for (std::size_t band = 0; band < bands_.count(); ++band) {
      const std::size_t first = bands_.edges[band], count = bands_.edges[band + 1] - first;
      table.cells.push_back(cell_of(bins_a.subspan(first, count), bins_b.subspan(first, count), scale_));
    }
}

}  // namespace echofold
