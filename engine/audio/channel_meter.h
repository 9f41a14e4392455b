// Which channels can be heard, and which of them only repeat another one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/audio/simd/loop_functions.h"

namespace echofold {

/// Whether the samples are those that were coded. A lossy codec makes two of one channel: noise in place of treble, dither,
/// and what each channel's own rounding leaves.
enum class Coding : std::uint8_t { exact, lossy };

/// Powers between 100 Hz and 1 kHz of the mean of two channels and of half their difference.
struct BandPowers {
  double mean = 0, half_difference = 0;
};

/// Fed with the powers of pairs of channels, window by window.
///
/// Exact channels repeat each other when no window has a difference above noise. Lossy ones are compared between 100 Hz and
/// 1 kHz, where codecs add least and nearly all stereo music differs: they repeat each other when fewer than half of the
/// windows with sound have a difference above noise and above -55 dB of what is common, and fewer than ten above -10 dB.
/// docs/QUALITY.md, "One channel or two", has the experiment.
class ChannelMeter {
 public:
  /// Windows of a pair of lossy channels.
  struct Difference {
    std::uint32_t narrow = 0, wide = 0;  ///< above -55 dB, above -10 dB of what is common
  };
  struct Pair {
    std::size_t a = 0, b = 0;  ///< the same one where there is one channel
    loops::Powers window{};    ///< to be added to: of the current window
    BandPowers band{};         ///< to be set where `needs_band` says so
    bool same = true;          ///< b has been a in every window, but for noise
    bool opposite = true;      ///< b has been a with its sign changed
    bool measures_level = false;
    std::uint32_t heard = 0;  ///< of lossy channels: windows with sound in the band
    Difference from_same{}, from_opposite{};
  };

  static constexpr std::size_t most_channels = 64;  ///< of files with more, nothing is measured

  ChannelMeter() = default;
  /// @param noise  mean square up to which half the difference of two channels is none
  ChannelMeter(std::size_t channels, double noise, Coding coding = Coding::exact);

  /// The pairs that a window has to be measured for: at first all, soon those that hold each channel once and those
  /// that still are the same.
  std::vector<Pair>& pairs() noexcept { return pairs_; }
  /// Whether some pair may need its band in the window to come: its channels' samples are to be kept then.
  bool may_need_bands() const noexcept;
  /// Whether `band` of a pair is to be set before the window of so many samples is closed.
  bool needs_band(const Pair& pair, std::size_t samples) const noexcept;
  void close_window(std::size_t samples);
  std::size_t windows() const noexcept { return windows_; }
  std::size_t channels() const noexcept { return channels_; }  ///< 0: not measured

  /// How many channels can be heard: their level, the mean square of the least of their loudest ten windows, is at
  /// least `floor` and at most 50 dB below that of the loudest channel.
  unsigned sounding(double floor) const;
  /// How many of these repeat no other one, with its sign or against it.
  unsigned distinct(double floor) const;
  /// Two channels that are the same.
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

  void compare_exact(Pair& pair, double scale) const noexcept;
  void compare_lossy(Pair& pair, double scale) const noexcept;
  bool is_within_noise(const Pair& pair, double scale) const noexcept;
  bool is_same(const Pair& pair) const noexcept;
  bool is_opposite(const Pair& pair) const noexcept;
  bool may_repeat(const Pair& pair) const noexcept;
  void note(Level& level, double mean_square);
  double level_of(const Level& level) const noexcept;
  std::vector<bool> heard(double floor) const;

  double noise_ = 0;
  Coding coding_ = Coding::exact;
  std::size_t channels_ = 0, windows_ = 0;
  std::vector<Pair> pairs_;
  std::vector<Level> levels_;
  double mean_power_ = 0, half_difference_power_ = 0;
};

}  // namespace echofold
