// The frequency bands and windows in which two recordings are compared.
#pragma once

#include <cstddef>
#include <vector>

namespace echofold {

/// Bands are about a quarter of an octave wide, and at least three bins, from 60 Hz to 16 kHz or as far as the sampling
/// rate allows. A window has about 46 ms, and the next one begins half a window later.
struct ListenBands {
  explicit ListenBands(int rate_hz);

  std::size_t count() const noexcept { return edges.size() - 1; }
  double frames_per_s() const noexcept { return rate_hz / static_cast<double>(hop); }
  double centre_hz(std::size_t band) const noexcept;

  int rate_hz;
  std::size_t window, hop;         ///< samples
  std::vector<std::size_t> edges;  ///< bins: band i is edges[i] .. edges[i + 1]
};

}  // namespace echofold
