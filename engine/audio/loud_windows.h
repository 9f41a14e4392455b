// The windows by which a file's spectrum is judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/spectrogram.h"

namespace echofold {

/// The louder half of a spectrogram's audible windows. Clipped windows are left out if 32 others remain. The
/// spectrogram must outlive it.
class LoudWindows {
 public:
  using Levels = std::span<const std::int16_t>;  ///< of one window, lowest band first, in dB

  explicit LoudWindows(const Spectrogram& spectrogram);  ///< @throws std::bad_alloc

  /// At least 16: fewer say nothing about a file.
  bool enough() const noexcept { return windows_.size() >= fewest; }
  const std::vector<Levels>& all() const noexcept { return windows_; }
  double band_hz() const noexcept { return band_hz_; }

  /// For each band, the level in dB that `share` (0 to 1, exclusive) of the windows stay below. Requires enough().
  std::vector<double> percentile(double share) const;

 private:
  static constexpr std::size_t fewest = 16;

  double band_hz_;
  std::vector<Levels> windows_;
  std::vector<std::uint32_t> counts_;  // how often each level occurs in each band
};

}  // namespace echofold
