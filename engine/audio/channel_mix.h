// Mixes frames in another way than the mean of all channels, for files whose channels cancel each other out.
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
  std::size_t channel = 0;  ///< for Mix::loudest_channel
};

/// Which mix to try if the mean of the channels seems to lose most of the sound; nothing for nearly every file.
/// @param mono  levels of the mean
std::optional<MixChoice> mix_to_try(const ChannelMeter& channels, const LevelMeter& mono);

/// Whether `other`, which was made with `mix`, has so much more sound than `mono` that it should be fingerprinted.
/// docs/THRESHOLDS.md ("Channels that cancel") has the experiment behind the thresholds.
bool is_better(Mix mix, const LevelMeter& other, const LevelMeter& mono);

class ChannelMix {
 public:
  explicit ChannelMix(MixChoice choice) : choice_(choice) {}

  /// Returns the frame itself for Mix::mono, or if the frame lacks the channels. Otherwise returns one channel of
  /// floats, which is valid until the next call.
  /// @throws std::bad_alloc
  const AVFrame& mix(const AVFrame& frame);

 private:
  MixChoice choice_;
  av::Frame mixed_;
  std::vector<float> samples_;
};

}  // namespace echofold
