// Uses the same percentile as the search for the cutoff, averaged for each kHz.
#include "engine/audio/spectrum_curve.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "index/model/record.h"

namespace echofold {

std::vector<std::uint8_t> spectrum_curve(const LoudWindows& windows) {
  constexpr std::size_t most_khz = 20;
  constexpr double loud_share = 0.9;
  std::vector<std::uint8_t> curve;
  if (!windows.enough()) return curve;
  const std::vector<double> levels = windows.percentile(loud_share);
  const auto band_at = [&](std::size_t khz) {
    return static_cast<std::ptrdiff_t>(std::lround(static_cast<double>(khz) * 1000 / windows.band_hz()));
  };
  for (std::size_t khz = 0; khz < most_khz; ++khz) {
    const std::ptrdiff_t from = band_at(khz), end = band_at(khz + 1);
    if (static_cast<std::size_t>(end) > levels.size()) break;
    const double sum = std::accumulate(levels.begin() + from, levels.begin() + end, 0.0);
    curve.push_back(level_value(sum / static_cast<double>(end - from)));
  }
  return curve;
}

}  // namespace echofold
