// Takes out what is too low to be heard.
#pragma once

#include <cmath>
#include <numbers>

#include "engine/audio/stereo_reader.h"

namespace echofold {

/// Two filters of the first order, one after the other: 12 dB less for each octave below the cut-off, and 6 dB less at it.
class HighPass {
 public:
  HighPass(double cut_off_hz, int rate_hz) noexcept
      : pole_(static_cast<float>(std::exp(-2 * std::numbers::pi * cut_off_hz / rate_hz))) {}

  /// The next sample. The ones before it are remembered.
  MidSide filter(MidSide sample) noexcept {
    for (Stage& stage : stages_) sample = stage.filter(sample, pole_);
    return sample;
  }

 private:
  struct Stage {
    MidSide before, out;
    MidSide filter(MidSide sample, float pole) noexcept {
      // Symmetric about the pole: the gain far above the cut-off is 1.
      const float scale = (1 + pole) / 2;
      out = {scale * (sample.mid - before.mid) + pole * out.mid,
             scale * (sample.side - before.side) + pole * out.side};
      before = sample;
      return out;
    }
  };

  float pole_;
  Stage stages_[2];
};

}  // namespace echofold
