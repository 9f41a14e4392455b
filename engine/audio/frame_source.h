// The decoded frames of a file, one packet after the other, wherever they are decoded.
#pragma once

#include <cstdint>

#include "engine/audio/libav.h"

namespace echofold {

/// Valid while it is handed on.
struct DecodedFrame {
  int rate_hz = 0, samples = 0;  ///< both above 0
  AVSampleFormat format = AV_SAMPLE_FMT_NONE;
  const AVChannelLayout* layout = nullptr;
  const std::uint8_t* const* planes = nullptr;  ///< one for packed samples, else one a channel
  double silent_before_s = 0;                   ///< what the decoder lost since the frame before
  double lost_s = 0;                            ///< what is lost if this frame can't be used
};

/// Takes frames. What it throws, the source passes on.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  virtual void take(const DecodedFrame& frame) = 0;
};

class FrameSource {
 public:
  virtual ~FrameSource() = default;

  /// Of the stream, as its header says; 0: unknown.
  virtual int rate_hz() const noexcept = 0;
  virtual int channels() const noexcept = 0;
  virtual std::uint32_t frames_skipped() const noexcept = 0;  ///< rejected by the codec so far

  /// Hands on the frames of the next packet; some packets have none. @return false at the end
  /// @throws Error  Fault::io, Fault::interrupted, Fault::unsupported if nothing at all can be decoded
  virtual bool next(FrameSink& sink) = 0;
};

}  // namespace echofold
