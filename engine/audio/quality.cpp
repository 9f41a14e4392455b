// The header's claim against what was really there.
#include "engine/audio/quality.h"

#include <algorithm>

namespace echofold {
namespace {

bool is_truncated(double claimed_s, double decoded_s) {
  constexpr double margin_s = 1.0;
  constexpr double margin_share = 0.02;
  return claimed_s - decoded_s > std::max(margin_s, margin_share * claimed_s);
}

}  // namespace

double claimed_seconds(const Input& input) {
  const AVFormatContext& format = input.format();
  const AVStream& stream = input.stream();
  if (format.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return 0;
  if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0)
    return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  if (format.duration != AV_NOPTS_VALUE && format.duration > 0)
    return static_cast<double>(format.duration) / AV_TIME_BASE;
  return 0;
}

AudioQuality measure_quality(const Input& input, const Decoded& decoded) {
  AudioQuality quality;
  quality.frames_skipped = decoded.frames_skipped;
  quality.header_duration_s = claimed_seconds(input);
  quality.truncated = decoded.whole && is_truncated(quality.header_duration_s, decoded.seconds);
  return quality;
}

}  // namespace echofold
