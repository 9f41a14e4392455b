// What the decoded samples show of a file's quality, at their own rate and before anything is mixed down.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/audio/libav.h"
#include "engine/audio/spectrogram.h"

namespace echofold {

/// Fed with every frame that was decoded. Frames of another format, rate or number of channels than the first
/// one are passed over.
class SignalMeter {
 public:
  void take(const AVFrame& frame);

  /// Runs of three samples and more of one channel at full scale; of whole-number samples only.
  std::uint32_t clipped_runs() const noexcept { return clipped_runs_; }
  /// Two channels that in no frame differ by more than noise of -85 dB.
  bool dual_mono() const noexcept { return channels_ == 2 && same_; }
  /// Bits of a sample down to the lowest that is ever set; 0 for floating point and for digital silence.
  unsigned used_bits() const noexcept;
  /// Nothing before the first frame.
  const std::optional<Spectrogram>& spectrogram() const noexcept { return spectrogram_; }

 private:
  template <class Sample>
  struct Block;

  template <class Sample>
  void measure(const AVFrame& frame, bool planar);
  template <class Sample>
  static double mean_square_of_difference(const Block<Sample>& block);
  template <class Sample>
  void note_levels(const Block<Sample>& block);
  template <class Sample>
  void count_clipped(const Block<Sample>& block, int channel);
  template <class Sample>
  void collect(const Block<Sample>& block);

  int format_ = -1, rate_hz_ = 0, channels_ = 0;
  bool same_ = true;
  std::uint32_t bits_ = 0;  // set in any sample; samples of 16 bits stand in the upper half
  std::uint32_t clipped_runs_ = 0;
  std::vector<std::uint32_t> run_;  // of each channel: samples at full scale up to now
  std::optional<Spectrogram> spectrogram_;
  std::vector<float> window_;     // as much as there is of it
  std::size_t until_window_ = 0;  // samples
  bool window_clean_ = true, block_clean_ = true;
};

}  // namespace echofold
