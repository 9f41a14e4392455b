// Sums the spectra of both recordings, and their product, over each band.
#include "engine/listen/cells.h"

#include "engine/audio/simd/vectors.h"
#include "engine/listen/window.h"

namespace echofold {
namespace {

using Bins = std::span<const std::complex<float>>;

/// So that a sine of amplitude 1 has the power .5.
float power_scale(std::size_t samples) {
  return static_cast<float>(2 / (static_cast<double>(samples) * hann_square_sum(samples)));
}

Cell cell_of(Bins a, Bins b, float scale) {
  using loops::Floats4;
  constexpr std::size_t bins_in_vector = 2;
  constexpr std::size_t vectors = 2;  // at a time: an addition takes longer than the next two loads
  Floats4 powers_a[vectors] = {}, powers_b[vectors] = {}, real[vectors] = {}, imaginary[vectors] = {};
  const auto add = [&](std::size_t v, Floats4 x, Floats4 y) {
    powers_a[v] += x * x;
    powers_b[v] += y * y;
    real[v] += x * y;
    imaginary[v] += __builtin_shufflevector(x, x, 1, 0, 3, 2) * y;  // the odd lanes are to be subtracted
  };
  std::size_t k = 0;
  for (; k + vectors * bins_in_vector <= a.size(); k += vectors * bins_in_vector)
    for (std::size_t v = 0; v < vectors; ++v)
      add(v, loops::load<Floats4>(&a[k + v * bins_in_vector]),
          loops::load<Floats4>(&b[k + v * bins_in_vector]));
  for (; k < a.size(); ++k)
    add(0, Floats4{a[k].real(), a[k].imag(), 0, 0}, Floats4{b[k].real(), b[k].imag(), 0, 0});
  const auto halves = [](const Floats4* parts) {  // sums of the even lanes, and of the odd ones
    const Floats4 sum = parts[0] + parts[1];
    return std::complex<float>(sum[0] + sum[2], sum[1] + sum[3]);
  };
  const auto total = [&](const Floats4* parts) { return halves(parts).real() + halves(parts).imag(); };
  const std::complex<float> both = halves(imaginary);
  return {total(powers_a) * scale,
          total(powers_b) * scale,
          {total(real) * scale, (both.real() - both.imag()) * scale}};
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
