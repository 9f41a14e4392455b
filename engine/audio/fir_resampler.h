// Frames of the usual formats and rates to mono samples, as swresample would and in a fraction of its time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/audio/libav.h"

namespace echofold {

/// For one and two channels of 16 bits, 32 bits or floats, and rates that swresample needs no interpolation for
/// (44.1, 48, 88.2, 96 kHz and others). Sample for sample what swresample gives: the filter is read out of it,
/// and on a first use its output is compared with this one's; should a version of libav or a processor work
/// otherwise, this is not used.
class FirResampler {
 public:
  /// Null when swresample has to do it.
  /// @throws std::bad_alloc
  static std::unique_ptr<FirResampler> make(const AVFrame& frame, int rate_hz);

  virtual ~FirResampler() = default;
  /// Appends the samples that `frame`, of the kind this was made for, completes.
  virtual void convert(const AVFrame& frame, std::vector<std::int16_t>& out) = 0;
  /// Appends what is left.
  virtual void flush(std::vector<std::int16_t>& out) = 0;
};

}  // namespace echofold
