// A window of samples for playing, with its loudness.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/media/loudness.h"
#include "engine/media/media_parts.h"

namespace echofold {
namespace {

void put_sample(std::string& bytes, float value) {
  // Samples of 16 bits come out as they went in.
  constexpr float full = 32768;
  const auto number = static_cast<std::uint16_t>(
      static_cast<std::int16_t>(std::lround(std::clamp(value * full, -full, full - 1))));
  bytes += static_cast<char>(number & 0xFFU);
  bytes += static_cast<char>(number >> 8U);
}

}  // namespace

Media window_of(StereoReader& reader, const MediaRequest& request) {
  const bool is_mono = reader.source_channels() == 1;
  reader.convert_to(static_cast<int>(request.rate_hz));
  const auto first = static_cast<std::uint64_t>(std::llround(request.from_s * request.rate_hz));
  const auto count = static_cast<std::uint64_t>(std::llround(request.length_s * request.rate_hz));
  Media media;
  media.channels = is_mono ? 1 : 2;
  media.start_s = static_cast<double>(first) / request.rate_hz;
  media.bytes.reserve(count * 2 * media.channels);
  Loudness loudness(request.rate_hz, media.channels);
  std::vector<float> block;
  for (std::uint64_t at = 0; at < first + count;) {
    const auto samples = reader.read();
    if (samples.empty()) break;
    const std::uint64_t begin = std::clamp<std::uint64_t>(first, at, at + samples.size()) - at;
    const std::uint64_t end = std::clamp<std::uint64_t>(first + count, at, at + samples.size()) - at;
    block.clear();
    for (const MidSide& sample : samples.subspan(begin, end - begin)) {
      block.push_back(is_mono ? sample.mid : sample.mid + sample.side);
      if (!is_mono) block.push_back(sample.mid - sample.side);
    }
    for (const float value : block) put_sample(media.bytes, value);
    loudness.add(block);
    at += samples.size();
  }
  media.loudness = loudness.lufs().value_or(no_loudness);
  return media;
}

}  // namespace echofold
