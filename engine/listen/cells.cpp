// Sums the spectra of both recordings, and their product, over each band.
#include "engine/listen/cells.h"

#include "engine/listen/window.h"

namespace echofold {
namespace {

using Bins = std::span<const std::complex<float>>;

/// So that a sine of amplitude 1 has the power .5.
float power_scale(std::size_t samples) {
  return static_cast<float>(2 / (static_cast<double>(samples) * hann_square_sum(samples)));
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
      hann_(hann_window(bands.window)),
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
