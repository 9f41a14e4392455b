// Chooses windows and bands for a sampling rate.
#include "engine/listen/bands.h"

#include <algorithm>
#include <cmath>

namespace echofold {
namespace {

constexpr double window_s = 0.046, lowest_hz = 60, highest_hz = 16'000;
constexpr double usable = 0.45;  // of the sampling rate
constexpr double width = 0.17;   // of a band, as a part of its lowest frequency
constexpr std::size_t fewest_bins = 3;

std::size_t window_for(int rate_hz) {
  return std::size_t{1} << static_cast<unsigned>(std::lround(std::log2(window_s * rate_hz)));
}

}  // namespace

ListenBands::ListenBands(int rate) : rate_hz(rate), window(window_for(rate)), hop(window / 2) {
  const double bin_hz = rate_hz / static_cast<double>(window);
  const double end_hz = std::min(highest_hz, usable * rate_hz);
  for (double hz = lowest_hz; hz < end_hz;
       hz += std::max(static_cast<double>(fewest_bins) * bin_hz, width * hz))
    edges.push_back(static_cast<std::size_t>(std::lround(hz / bin_hz)));
}

double ListenBands::centre_hz(std::size_t band) const noexcept {
  return static_cast<double>(edges[band] + edges[band + 1]) / 2 * rate_hz / static_cast<double>(window);
}

}  // namespace echofold
