// The power of a window of samples between two frequencies.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/audio/power_spectrum.h"

namespace echofold {

class BandPower {
 public:
  /// @param samples  of a window: see PowerSpectrum
  /// @param from_hz, to_hz  ascending, below half of rate_hz; a bin at least is measured
  /// @throws std::bad_alloc
  BandPower(std::size_t samples, int rate_hz, double from_hz, double to_hz);

  /// The mean square of what lies in the band, through a Hann window.
  /// @param window  as many samples as said
  double of(std::span<const float> window);

 private:
  std::vector<float> hann_;
  PowerSpectrum spectrum_;
  double scale_ = 0;
};

}  // namespace echofold
