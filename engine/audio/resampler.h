// Converts whatever a decoder returns to the mono 11,025 Hz samples that the fingerprinter takes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/audio/fir_resampler.h"
#include "engine/audio/libav.h"

namespace echofold {

/// Gives sample for sample what Chromaprint's own fpcalc feeds itself. Restarts when the channels, the format or the
/// rate of the frames change within the stream.
class MonoResampler {
 public:
  explicit MonoResampler(int rate_hz) : rate_hz_(rate_hz) {}
  ~MonoResampler();
  MonoResampler(const MonoResampler&) = delete;
  MonoResampler& operator=(const MonoResampler&) = delete;

  /// The samples that `frame` completes; may be empty. Valid until the next call.
  /// @throws Error Fault::unsupported for a rate or channel layout that cannot be mixed
  std::span<const std::int16_t> convert(const AVFrame& frame);
  /// The samples still buffered at the end of the stream; valid until the next call.
  std::span<const std::int16_t> flush();

 private:
  bool fits(const AVFrame& frame) const;
  void start(const AVFrame& frame);
  void start_swr(const AVFrame& frame);
  void finish();
  void append(const std::uint8_t** planes, int count);

  int rate_hz_;
  std::unique_ptr<FirResampler> fir_;
  av::Resampler swr_;         // used if fir_ is null
  AVChannelLayout layout_{};  // of the frames that either of them takes, as are the next two
  int in_rate_hz_ = 0;
  int format_ = -1;
  std::vector<std::int16_t> samples_;
};

}  // namespace echofold
