// The frequency bands and windows in which two recordings are compared.
#pragma once

#include <cstddef>
#include <vector>

namespace echofold {

/// Bands are about a quarter of an octave wide, and at least three bins. The first one begins at 60 Hz. The last one ends
/// below 16 kHz and below .45 of the sampling rate: at 44.1 kHz it ends at 14.2 kHz.
/// A window has about 46 ms (43 to 64: a power of two of samples), and the next one begins half a window later.
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
