// The header's claim against what was really there, and what the samples show.
#include "engine/audio/quality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <string_view>
#include <vector>

#include "engine/audio/cutoff.h"

namespace echofold {
namespace {

bool is_truncated(double claimed_s, double decoded_s) {
  constexpr double margin_s = 1.0;
  constexpr double margin_share = 0.02;
  return claimed_s - decoded_s > std::max(margin_s, margin_share * claimed_s);
}

/// Bytes that a RIFF header promises and the file does not have; libav then forgets the header's duration.
/// Sizes that a program wrote before it knew better (all ones, about 2 GiB) promise nothing.
std::uint64_t missing_riff_bytes(const Input& input) {
  constexpr std::uint32_t placeholder = 0x7FFFF000;
  constexpr std::uint64_t before_size = 8;
  std::array<std::uint8_t, before_size> head{};
  if (input.read_at(0, head) < head.size() || std::memcmp(head.data(), "RIFF", 4) != 0) return 0;
  const std::uint32_t riff_bytes = head[4] | head[5] << 8 | head[6] << 16 | std::uint32_t{head[7]} << 24;
  const auto have = static_cast<std::uint64_t>(input.size_bytes());
  if (riff_bytes >= placeholder || riff_bytes + before_size <= have) return 0;
  return riff_bytes + before_size - have;
}

/// A file that ends inside an Ogg page was cut; its last whole page says nothing of the true length.
bool ends_inside_ogg_page(const Input& input) {
  constexpr std::size_t header_bytes = 27;
  constexpr std::int64_t largest_page = 27 + 255 + 65'025;  // header, segment table, segments
  const std::int64_t start = std::max<std::int64_t>(input.size_bytes() - largest_page, 0);
  std::vector<std::uint8_t> tail(static_cast<std::size_t>(input.size_bytes() - start));
  tail.resize(input.read_at(start, tail));
  constexpr std::string_view magic = "OggS";
  const auto page = std::find_end(tail.begin(), tail.end(), magic.begin(), magic.end());
  const auto left = static_cast<std::size_t>(tail.end() - page);
  if (left == 0) return false;  // other bytes behind the last page
  if (left < header_bytes) return true;
  const std::size_t segments = page[header_bytes - 1];
  if (left < header_bytes + segments) return true;
  const auto sizes = page + header_bytes;
  return left <
         std::accumulate(sizes, sizes + static_cast<std::ptrdiff_t>(segments), header_bytes + segments);
}

void put_signal(AudioQuality& quality, const SignalMeter& meter) {
  quality.clipped_runs = meter.clipped_runs();
  quality.dual_mono = meter.channels().dual_mono();
  quality.used_bits = static_cast<std::uint16_t>(meter.used_bits());
  quality.sounding_channels = static_cast<std::uint16_t>(meter.sounding_channels());
  quality.distinct_channels = static_cast<std::uint16_t>(meter.distinct_channels());
  if (!meter.spectrogram()) return;
  const Cutoff cutoff = find_cutoff(*meter.spectrogram());
  quality.spectrum_windows = cutoff.windows;
  quality.cutoff_hz = static_cast<std::uint32_t>(std::lround(cutoff.hz));
  quality.edge_db = cutoff.edge_db;
  quality.floor_db = cutoff.floor_db;
  quality.floor_spread_db = cutoff.floor_spread_db;
  quality.cliff_share = cutoff.cliff_share;
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

AudioQuality measure_quality(const Input& input, const Decoded& decoded, const SignalMeter& meter) {
  AudioQuality quality;
  put_signal(quality, meter);
  quality.frames_skipped = decoded.frames_skipped;
  quality.header_duration_s = claimed_seconds(input);
  if (!decoded.whole) return quality;
  const std::string_view container = input.format().iformat->name;
  const std::uint64_t missing = container == "wav" ? missing_riff_bytes(input) : 0;
  if (missing > 0 && decoded.packet_bytes > 0) {
    quality.header_duration_s =
        decoded.seconds * (1 + static_cast<double>(missing) / static_cast<double>(decoded.packet_bytes));
  }
  quality.truncated = is_truncated(quality.header_duration_s, decoded.seconds) ||
                      (container == "ogg" && ends_inside_ogg_page(input));
  return quality;
}

}  // namespace echofold
