// Which channels are audible, and which of them only repeat another one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/audio/simd/loop_functions.h"

namespace echofold {

/// Whether decoding gives the samples that were encoded. A lossy codec makes two different channels of one: noise in
/// place of treble, dither, and the rounding of each channel.
enum class Coding : std::uint8_t { exact, lossy };

/// Powers between 100 Hz and 1 kHz: of the mean of two channels, and of half their difference.
struct BandPowers {
  double mean = 0, half_difference = 0;
};

/// Takes the powers of pairs of channels, window by window.
///
/// Exact channels repeat each other when no window has a difference above noise. Lossy ones are compared between 100
/// Hz and 1 kHz, where codecs add least and nearly all stereo music differs. They repeat each other when fewer than
/// half of the windows with sound have a difference above noise and above -55 dB relative to what they have in
/// common, and fewer than ten have one above -10 dB. docs/QUALITY.md, "One channel or two", has the experiment.
class ChannelMeter {
 public:
  /// Counts windows of a pair of lossy channels.
  struct Difference {
    std::uint32_t narrow = 0, wide = 0;  ///< above -55 dB, above -10 dB relative to the common part
  };
  struct Pair {
    std::size_t a = 0, b = 0;  ///< equal if there is only one channel
    loops::Powers window{};    ///< of the current window; the caller adds to it
    BandPowers band{};         ///< the caller sets it if `needs_band` returns true
    bool same = true;          ///< b equals a in every window so far, except for noise
    bool opposite = true;      ///< b equals a with its sign changed
    bool measures_level = false;
    std::uint32_t sounding_windows = 0;  ///< for lossy channels: windows with sound in the band
    Difference from_same{}, from_opposite{};
  };

  static constexpr std::size_t most_channels = 64;  ///< a file with more is not measured

  ChannelMeter() = default;
  /// @param noise  mean square below which half the difference of two channels counts as none
  ChannelMeter(std::size_t channels, double noise, Coding coding = Coding::exact);

  /// The pairs to measure for each window. At first these are all pairs; soon only those that are still equal, and
  /// enough others to include each channel once.
  std::vector<Pair>& pairs() noexcept { return pairs_; }
  /// Whether a pair may need its band in the next window. If so, the caller keeps its channels' samples.
  bool may_need_bands() const noexcept;
  /// Whether the caller must set the `band` of a pair before it closes the window of `samples` samples.
  bool needs_band(const Pair& pair, std::size_t samples) const noexcept;
  void close_window(std::size_t samples);
  std::size_t windows() const noexcept { return windows_; }
  std::size_t channels() const noexcept { return channels_; }  ///< 0: not measured

  /// How many channels are audible. A channel's level is the mean square of the quietest of its ten loudest windows;
  /// it must be at least `floor` and at most 50 dB below that of the loudest channel.
  unsigned sounding(double floor) const;
  /// How many of the audible channels repeat no other one, with equal or opposite sign.
  unsigned distinct(double floor) const;
  /// There are two channels, and they are equal.
  bool dual_mono() const noexcept;
  /// For two channels: the squares of their mean and of half their difference, summed over all windows. Otherwise 0.
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

  void compare_exact(Pair& pair, double scale) const noexcept;
  void compare_lossy(Pair& pair, double scale) const noexcept;
  bool is_within_noise(const Pair& pair, double scale) const noexcept;
  bool is_same(const Pair& pair) const noexcept;
  bool is_opposite(const Pair& pair) const noexcept;
  bool may_repeat(const Pair& pair) const noexcept;
  void note(Level& level, double mean_square);
  double level_of(const Level& level) const noexcept;
  std::vector<bool> audible(double floor) const;

  double noise_ = 0;
  Coding coding_ = Coding::exact;
  std::size_t channels_ = 0, windows_ = 0;
  std::vector<Pair> pairs_;
  std::vector<Level> levels_;
  double mean_power_ = 0, half_difference_power_ = 0;
};

}  // namespace echofold
