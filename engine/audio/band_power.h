// The power of a window of samples between two frequencies.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/audio/power_spectrum.h"

namespace echofold {

class BandPower {
 public:
  /// @param samples  samples in a window: see PowerSpectrum
  /// @param from_hz, to_hz  ascending, below half of rate_hz; at least one bin is measured
  /// @throws std::bad_alloc
  BandPower(std::size_t samples, int rate_hz, double from_hz, double to_hz);

  /// The mean square of the signal in the band, through a Hann window.
  /// @param window  as many samples as the constructor was given
  double of(std::span<const float> window);

 private:
  std::vector<float> hann_;
  PowerSpectrum spectrum_;
  double scale_ = 0;
};

}  // namespace echofold
