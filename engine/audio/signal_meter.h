// What the decoded samples show about a file's quality, at their own rate and before they are mixed down.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/audio/band_power.h"
#include "engine/audio/channel_meter.h"
#include "engine/audio/libav.h"
#include "engine/audio/spectrogram.h"

namespace echofold {

/// Takes every decoded frame. Frames whose format, rate or number of channels differs from the first one's are
/// skipped.
class SignalMeter {
 public:
  explicit SignalMeter(Coding coding = Coding::exact) : coding_(coding) {}

  void add(const AVFrame& frame);

  /// Runs of at least three samples of one channel at full scale; only for whole-number samples.
  std::uint32_t clipped_runs() const noexcept { return clipped_runs_; }
  /// How many bits of a sample are in use, down to the lowest that is ever set; 0 for floating point and digital
  /// silence.
  unsigned used_bits() const noexcept;
  /// Measured in the windows of the spectrogram.
  const ChannelMeter& channels() const noexcept { return channel_meter_; }
  /// How many channels are audible, and how many of those repeat no other one; 0: not measured.
  unsigned sounding_channels() const { return channel_meter_.sounding(silence_floor()); }
  unsigned distinct_channels() const { return channel_meter_.distinct(silence_floor()); }
  /// Nothing before the first frame.
  const std::optional<Spectrogram>& spectrogram() const noexcept { return spectrogram_; }

 private:
  template <class Sample>
  struct Block;

  void start(const AVFrame& frame);
  template <class Sample>
  void measure(const Block<Sample>& block);
  void measure_8_bits(const AVFrame& frame, bool planar);
  void measure_64_bits(const AVFrame& frame, bool planar);
  template <class Sample>
  void note_levels(const Block<Sample>& block);
  template <class Sample>
  void count_clipped(const Block<Sample>& block, int channel);
  template <class Sample>
  void collect(const Block<Sample>& block);
  template <class Sample>
  void look_at(const Block<Sample>& block, std::size_t at, std::size_t count);
  template <class Sample>
  void store_channels(const Block<Sample>& block, std::size_t at, std::size_t count, std::size_t before);
  void measure_bands();
  double silence_floor() const noexcept;

  Coding coding_;
  int format_ = -1, rate_hz_ = 0, channels_ = 0;
  std::uint64_t bits_ = 0;  // set in any sample; narrower samples use the upper bits
  // samples from here on are clipped; on the negative side from one step lower
  std::int32_t full_scale_from_ = 0;
  std::uint32_t clipped_runs_ = 0;
  std::vector<std::uint32_t> run_;  // for each channel: consecutive samples at full scale so far
  ChannelMeter channel_meter_;
  std::optional<Spectrogram> spectrogram_;
  std::optional<BandPower> band_power_;              // for lossy files with several channels
  std::vector<std::vector<float>> channel_windows_;  // the window of each channel, if bands must be measured
  std::vector<float> mean_, half_difference_;
  std::vector<float> window_;     // the part of it that has arrived
  std::size_t until_window_ = 0;  // in samples
  bool window_clean_ = true, block_clean_ = true;
  std::vector<std::int16_t> widened_;  // one 8-bit frame, widened so that it can be measured
  std::vector<std::int32_t> of_64_bits_;
};

}  // namespace echofold
