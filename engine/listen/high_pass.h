// Takes out what is too low to be heard.
#pragma once

#include <cmath>
#include <numbers>

#include "engine/audio/simd/vectors.h"

namespace echofold {

/// Two filters of the first order, one after the other: 12 dB less for each octave below the cut-off, and 6 dB less at it.
/// Filters four signals in step: each sample waits for the one before, so four take no longer than one.
class HighPass {
 public:
  using Samples = loops::Floats4;  ///< one of each signal

  HighPass(double cut_off_hz, int rate_hz) noexcept
      : pole_(static_cast<float>(std::exp(-2 * std::numbers::pi * cut_off_hz / rate_hz))) {}

  /// The next samples. The ones before them are remembered.
  Samples filter(Samples samples) noexcept {
    for (Stage& stage : stages_) samples = stage.filter(samples, pole_);
    return samples;
  }

 private:
  struct Stage {
    Samples before = {}, out = {};
    Samples filter(Samples samples, float pole) noexcept {
      // Symmetric about the pole: the gain far above the cut-off is 1.
      const float scale = (1 + pole) / 2;
      out = scale * (samples - before) + pole * out;
      before = samples;
      return out;
    }
  };

  float pole_;
  Stage stages_[2];
};

}  // namespace echofold
