// How loud the fingerprinted samples are over time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/simd/loop_functions.h"

namespace echofold {

/// Takes the mono samples that are fingerprinted, in pieces of any size.
class LevelMeter {
 public:
  /// @param rate_hz  of the samples
  explicit LevelMeter(int rate_hz) : rate_hz_(rate_hz) {}

  void add(std::span<const std::int16_t> samples);
  /// AudioQuality::level_curve. A remainder of less than half a window is left out, unless there is nothing else.
  std::vector<std::uint8_t> curve() const;
  /// Mean square of all samples, relative to full scale. The mean of each window (direct current) is subtracted
  /// first, since it is inaudible.
  double mean_square() const noexcept;

 private:
  static double alternating(const loops::Power& power, std::size_t count) noexcept;
  std::size_t window_end() const noexcept;
  void close_window();

  int rate_hz_;
  loops::Power window_;                // of the current window, as is `filled_`
  std::size_t filled_ = 0, done_ = 0;  // counted in samples; done_: in closed windows
  double energy_ = 0;
  std::vector<std::uint8_t> curve_;
};

}  // namespace echofold
