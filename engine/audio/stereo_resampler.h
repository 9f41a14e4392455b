// Converts decoded frames to two channels of one rate.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/audio/frame_source.h"
#include "engine/audio/libav.h"

namespace echofold {

/// Converts frames to interleaved stereo floats. Restarts when the kind of the frames changes within the stream.
class StereoResampler {
 public:
  /// @param stretch  each second of the frames becomes so many
  StereoResampler(int rate_hz, double stretch) : rate_hz_(rate_hz), stretch_(stretch) {}
  ~StereoResampler() { av_channel_layout_uninit(&layout_); }
  StereoResampler(const StereoResampler&) = delete;
  StereoResampler& operator=(const StereoResampler&) = delete;

  /// Appends what is ready.
  /// @throws Error  Fault::unsupported if its channels can't be mixed
  void convert(const DecodedFrame& frame, std::vector<float>& out);
  /// Appends the rest.
  void flush(std::vector<float>& out);

 private:
  /// What swresample is told; only the ratio counts.
  struct Rates {
    int in = 0, out = 0;
  };
  Rates rates_for(int in_hz) const;
  bool fits(const DecodedFrame& frame) const;
  void start(const DecodedFrame& frame);
  void append(const std::uint8_t** planes, int count, std::vector<float>& out);

  int rate_hz_;
  double stretch_;
  av::Resampler swr_;
  AVChannelLayout layout_{};
  int in_rate_hz_ = 0, format_ = -1;
};

}  // namespace echofold
