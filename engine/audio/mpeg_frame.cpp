// Tables of ISO 11172-3 and 13818-3; "2.5" halves the rates of MPEG-2 once more.
#include "engine/audio/mpeg_frame.h"

#include <array>

#include "engine/audio/byte_view.h"

namespace echofold {
namespace {

using Rates = std::array<std::uint16_t, 15>;
constexpr Rates v1_layer1 = {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448};
constexpr Rates v1_layer2 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};
constexpr Rates v1_layer3 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
constexpr Rates v2_layer1 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256};
constexpr Rates v2_layers = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
constexpr std::array<std::uint32_t, 3> sample_rates = {44'100, 48'000, 32'000};

const Rates& rates_of(bool v1, unsigned layer) {
  if (!v1) return layer == 1 ? v2_layer1 : v2_layers;
  return layer == 1 ? v1_layer1 : layer == 2 ? v1_layer2 : v1_layer3;
}

constexpr std::size_t head_bytes = 4;
constexpr std::int64_t vbri_at = 36;
constexpr std::uint64_t not_counted = 0xFFFF'FFFF;  // a stream, or an encoder that did not finish

}  // namespace

std::optional<MpegFrame> read_mpeg_frame(std::span<const std::uint8_t> head) {
  if (head.size() < head_bytes || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0) return std::nullopt;
  const unsigned version = head[1] >> 3 & 3;  // 0: 2.5, 2: 2, 3: 1
  const unsigned layer = 4 - (head[1] >> 1 & 3);
  const unsigned rate_index = head[2] >> 4, hz_index = head[2] >> 2 & 3;
  if (version == 1 || layer == 4 || rate_index == 0 || rate_index == 15 || hz_index == 3) return std::nullopt;
  const bool v1 = version == 3, mono = head[3] >> 6 == 3, padded = (head[2] & 2) != 0;
  MpegFrame frame;
  frame.rate_hz = sample_rates[hz_index] >> (v1 ? 0 : version == 2 ? 1 : 2);
  frame.samples = layer == 1 ? 384 : layer == 3 && !v1 ? 576 : 1152;
  const std::size_t bits_per_s = std::size_t{rates_of(v1, layer)[rate_index]} * 1000;
  if (layer == 1)
    frame.bytes = (12 * bits_per_s / frame.rate_hz + (padded ? 1 : 0)) * 4;
  else
    frame.bytes = frame.samples / 8 * bits_per_s / frame.rate_hz + (padded ? 1 : 0);
  frame.side_info_end = head_bytes + (v1 ? (mono ? 17 : 32) : (mono ? 9 : 17));
  return frame;
}

std::size_t adts_frame_bytes(std::span<const std::uint8_t> head) {
  if (head.size() < 6 || head[0] != 0xFF || (head[1] & 0xF6) != 0xF0) return 0;
  return (head[3] & 3U) << 11 | std::size_t{head[4]} << 3 | head[5] >> 5;
}

std::optional<MpegCounts> read_mpeg_counts(const FdSource& source, std::int64_t at) {
  const ByteView file(source);
  const auto frame = read_mpeg_frame(file.read(at, head_bytes));
  if (!frame) return std::nullopt;
  const double frame_s = static_cast<double>(frame->samples) / frame->rate_hz;
  const std::int64_t xing = at + static_cast<std::int64_t>(frame->side_info_end);
  if (file.has(xing, "Xing") || file.has(xing, "Info")) {
    const std::uint64_t flags = file.big(xing + 4, 4);
    const bool frames = (flags & 1) != 0, bytes = (flags & 2) != 0;
    const std::uint64_t count = frames ? file.big(xing + 8, 4) : 0;
    return MpegCounts{count == not_counted ? 0 : static_cast<double>(count) * frame_s,
                      bytes ? file.big(xing + (frames ? 12 : 8), 4) : 0, at};
  }
  if (file.has(at + vbri_at, "VBRI"))
    return MpegCounts{static_cast<double>(file.big(at + vbri_at + 14, 4)) * frame_s,
                      file.big(at + vbri_at + 10, 4), at};
  return std::nullopt;
}

}  // namespace echofold
