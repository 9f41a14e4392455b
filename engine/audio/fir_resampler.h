// Converts frames of the usual formats and rates to mono samples: the same as swresample, in a fraction of the time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/audio/libav.h"

namespace echofold {

/// For one and two channels of 16 bits, 32 bits or floats, and rates for which swresample does not interpolate (44.1,
/// 48, 88.2, 96 kHz and others). The output equals that of swresample, sample for sample: the filter is read from
/// swresample, and on first use both outputs are compared. If they differ (another version of libav, another
/// processor), this class is not used.
class FirResampler {
 public:
  /// Returns null if swresample has to convert these frames.
  /// @throws std::bad_alloc
  static std::unique_ptr<FirResampler> make(const AVFrame& frame, int rate_hz);

  virtual ~FirResampler() = default;
  /// Appends the samples that `frame` completes. `frame` must be of the same kind as the one given to make().
  virtual void convert(const AVFrame& frame, std::vector<std::int16_t>& out) = 0;
  /// Appends the remaining samples.
  virtual void flush(std::vector<std::int16_t>& out) = 0;
};

}  // namespace echofold
