// Which channels can be heard, and which of them only repeat another one.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/audio/simd/loop_functions.h"

namespace echofold {

/// Fed with the powers of pairs of channels, window by window.
class ChannelMeter {
 public:
  struct Pair {
    std::size_t a = 0, b = 0;  ///< the same one where there is one channel
    loops::Powers window{};    ///< to be added to: of the current window
    bool same = true;          ///< b has been a in every window, but for noise
    bool opposite = true;      ///< b has been a with its sign changed
    bool measures_level = false;
  };

  static constexpr std::size_t most_channels = 64;  ///< of files with more, nothing is measured

  ChannelMeter() = default;
  /// @param noise  mean square up to which half the difference of two channels is none
  ChannelMeter(std::size_t channels, double noise);

  /// The pairs that a window has to be measured for: at first all, soon those that hold each channel once and those
  /// that still are the same.
  std::vector<Pair>& pairs() noexcept { return pairs_; }
  void close_window(std::size_t samples);
  std::size_t windows() const noexcept { return windows_; }
  std::size_t channels() const noexcept { return channels_; }  ///< 0: not measured

  /// How many channels can be heard: their level, the mean square of the least of their loudest ten windows, is at
  /// least `floor` and at most 50 dB below that of the loudest channel.
  unsigned sounding(double floor) const;
  /// How many of these repeat no other one, with its sign or against it.
  unsigned distinct(double floor) const;
  /// Two channels that are the same in every window.
  bool dual_mono() const noexcept;
  /// Of two channels: squares of their mean and of half their difference, summed up over windows; of others 0.
  double mean_power() const noexcept { return mean_power_; }
  double half_difference_power() const noexcept { return half_difference_power_; }
  /// The channel that is loudest over all windows.
  std::size_t loudest() const noexcept;
  double loudest_power() const noexcept;  ///< its mean square; 0: not measured

 private:
  static constexpr std::size_t most_loudest = 10;
  struct Level {
    std::array<double, most_loudest> loudest{};  // ascending
    double total = 0;
  };

  void note(Level& level, double mean_square);
  double level_of(const Level& level) const noexcept;
  std::vector<bool> heard(double floor) const;

  double noise_ = 0;
  std::size_t channels_ = 0, windows_ = 0;
  std::vector<Pair> pairs_;
  std::vector<Level> levels_;
  double mean_power_ = 0, half_difference_power_ = 0;
};

}  // namespace echofold
