// Frames to another mix than the mean of all channels: where that cancels the sound out.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/audio/channel_meter.h"
#include "engine/audio/level_meter.h"
#include "engine/audio/libav.h"
#include "index/model/record.h"

namespace echofold {

struct MixChoice {
  Mix mix = Mix::mono;
  std::size_t channel = 0;  ///< of Mix::loudest_channel
};

/// What to try where the mean of the channels seems to lose most of the sound; nothing for nearly every file.
/// @param mono  of the mean
std::optional<MixChoice> mix_to_try(const ChannelMeter& channels, const LevelMeter& mono);

/// Whether `other`, which was made with `mix`, has so much more sound than `mono` that it is to be fingerprinted.
/// docs/THRESHOLDS.md ("Channels that cancel") has the experiment behind the thresholds.
bool is_better(Mix mix, const LevelMeter& other, const LevelMeter& mono);

class ChannelMix {
 public:
  explicit ChannelMix(MixChoice choice) : choice_(choice) {}

  /// For Mix::mono, and where the frame hasn't the channels: the frame itself. Else one channel of floats that is valid
  /// until the next call.
  /// @throws std::bad_alloc
  const AVFrame& take(const AVFrame& frame);

 private:
  MixChoice choice_;
  av::Frame mixed_;
  std::vector<float> samples_;
};

}  // namespace echofold
