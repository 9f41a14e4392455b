// Properties from libav's stream parameters.
#include "engine/audio/probe.h"

#include <algorithm>
#include <limits>

#include "engine/audio/stream_end.h"

namespace echofold {
namespace {

constexpr int bits_per_byte = 8;

bool is_dsd(AVCodecID codec) {
  switch (codec) {
    case AV_CODEC_ID_DSD_LSBF:
    case AV_CODEC_ID_DSD_MSBF:
    case AV_CODEC_ID_DSD_LSBF_PLANAR:
    case AV_CODEC_ID_DSD_MSBF_PLANAR:
    case AV_CODEC_ID_DST:
      return true;
    default:
      return false;
  }
}

/// libav marks codecs that can be lossy or lossless as both, and one-bit audio as lossy.
bool is_lossless(const Input& input, bool hybrid_wavpack) {
  const AVCodecParameters& parameters = *input.stream().codecpar;
  if (is_dsd(parameters.codec_id)) return true;
  if (parameters.codec_id == AV_CODEC_ID_WAVPACK) return !hybrid_wavpack;
  if (parameters.codec_id == AV_CODEC_ID_DTS) return parameters.profile == FF_PROFILE_DTS_HD_MA;
  const AVCodecDescriptor* codec = avcodec_descriptor_get(parameters.codec_id);
  return codec != nullptr && (codec->props & AV_CODEC_PROP_LOSSLESS) != 0 &&
         (codec->props & AV_CODEC_PROP_LOSSY) == 0;
}

int bits_per_sample(const Input& input, const Decoded& decoded) {
  const AVCodecParameters& parameters = *input.stream().codecpar;
  if (is_dsd(parameters.codec_id)) return 1;
  for (const int bits : {parameters.bits_per_raw_sample, decoded.bits_per_raw_sample,
                         av_get_exact_bits_per_sample(parameters.codec_id), parameters.bits_per_coded_sample})
    if (bits > 0) return bits;
  return 0;
}

std::uint32_t bit_rate(const Input& input, const Decoded& decoded) {
  double rate = static_cast<double>(input.stream().codecpar->bit_rate);
  if (decoded.seconds > 0) rate = static_cast<double>(decoded.packet_bytes) * bits_per_byte / decoded.seconds;
  return static_cast<std::uint32_t>(std::clamp(rate, 0.0, double{std::numeric_limits<std::uint32_t>::max()}));
}

std::uint16_t to_u16(int value) {
  return static_cast<std::uint16_t>(std::clamp(value, 0, int{std::numeric_limits<std::uint16_t>::max()}));
}

}  // namespace

Coding coding_of(const Input& input) { return is_lossless(input, false) ? Coding::exact : Coding::lossy; }

AudioProperties describe(const Input& input, const Decoded& decoded) {
  const AVCodecParameters& parameters = *input.stream().codecpar;
  AudioProperties out;
  out.container = input.format().iformat->name;
  out.codec = avcodec_get_name(parameters.codec_id);
  out.lossless = is_lossless(input, decoded.hybrid_wavpack);
  out.bit_rate_bps = bit_rate(input, decoded);
  out.sample_rate_hz = static_cast<std::uint32_t>(std::max(decoded.sample_rate_hz, 0));
  if (is_dsd(parameters.codec_id)) out.sample_rate_hz *= bits_per_byte;  // libav counts bytes
  if (out.lossless || decoded.hybrid_wavpack) out.bits_per_sample = to_u16(bits_per_sample(input, decoded));
  out.channels = to_u16(decoded.channels);
  const double claimed = claimed_seconds(input);
  out.duration_s = decoded.whole || claimed <= 0 ? decoded.seconds : claimed;
  return out;
}

}  // namespace echofold
