// The moments of a file that its spectrum is judged by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/spectrogram.h"

namespace echofold {

/// The louder half of a spectrogram's windows that can be heard, without those that were clipped where 32 others are
/// left. The spectrogram must outlive it.
class LoudWindows {
 public:
  using Levels = std::span<const std::int16_t>;  ///< of one window, lowest band first, in dB

  explicit LoudWindows(const Spectrogram& spectrogram);  ///< @throws std::bad_alloc

  /// 16 and more: fewer say nothing of a file.
  bool enough() const noexcept { return windows_.size() >= fewest; }
  const std::vector<Levels>& all() const noexcept { return windows_; }
  double band_hz() const noexcept { return band_hz_; }

  /// The level of each band, in dB, that `share` (0 to 1, exclusive) of the windows stay below. Only where there are enough.
  std::vector<double> percentile(double share) const;

 private:
  static constexpr std::size_t fewest = 16;

  double band_hz_;
  std::vector<Levels> windows_;
  std::vector<std::uint32_t> counts_;  // how often each level comes in each band
};

}  // namespace echofold
