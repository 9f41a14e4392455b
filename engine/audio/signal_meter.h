// What the decoded samples show of a file's quality, at their own rate and before anything is mixed down.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/audio/band_power.h"
#include "engine/audio/channel_meter.h"
#include "engine/audio/libav.h"
#include "engine/audio/spectrogram.h"

namespace echofold {

/// Fed with every frame that was decoded. Frames of another format, rate or number of channels than the first
/// one are passed over.
class SignalMeter {
 public:
  explicit SignalMeter(Coding coding = Coding::exact) : coding_(coding) {}

  void take(const AVFrame& frame);

  /// Runs of three samples and more of one channel at full scale; of whole-number samples only.
  std::uint32_t clipped_runs() const noexcept { return clipped_runs_; }
  /// Bits of a sample down to the lowest that is ever set; 0 for floating point and for digital silence.
  unsigned used_bits() const noexcept;
  /// Measured in the windows of the spectrogram.
  const ChannelMeter& channels() const noexcept { return channel_meter_; }
  /// Channels that can be heard, and those of them that repeat no other one; 0: not measured.
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
  void keep_channels(const Block<Sample>& block, std::size_t at, std::size_t count, std::size_t before);
  void measure_bands();
  double silence_floor() const noexcept;

  Coding coding_;
  int format_ = -1, rate_hz_ = 0, channels_ = 0;
  std::uint64_t bits_ = 0;            // set in any sample; those of fewer bits stand in the upper ones
  std::int32_t full_scale_from_ = 0;  // samples from here on are clipped; that of the lowest is one beyond
  std::uint32_t clipped_runs_ = 0;
  std::vector<std::uint32_t> run_;  // of each channel: samples at full scale up to now
  ChannelMeter channel_meter_;
  std::optional<Spectrogram> spectrogram_;
  std::optional<BandPower> band_power_;          // of lossy files with several channels
  std::vector<std::vector<float>> of_channels_;  // the window of each, where bands are to be measured
  std::vector<float> mean_, half_difference_;
  std::vector<float> window_;     // as much as there is of it
  std::size_t until_window_ = 0;  // samples
  bool window_clean_ = true, block_clean_ = true;
  std::vector<std::int16_t> of_8_bits_;  // one frame in a width that is measured
  std::vector<std::int32_t> of_64_bits_;
};

}  // namespace echofold
