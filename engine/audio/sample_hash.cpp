// See sample_hash.h.
#include "engine/audio/sample_hash.h"

#include <cstring>

namespace echofold {
namespace {

/// Interleaves planar channels.
/// @param out  space for channels * count samples
template <class Sample>
void interleave(std::uint8_t* const* planes, std::size_t channels, std::size_t count, std::uint8_t* out) {
  auto* to = reinterpret_cast<Sample*>(out);
  const auto plane = [&](std::size_t channel) { return reinterpret_cast<const Sample*>(planes[channel]); };
  if (channels == 2) {  // nearly always; the compiler vectorises it
    const Sample *left = plane(0), *right = plane(1);
    for (std::size_t i = 0; i < count; ++i) {
      to[2 * i] = left[i];
      to[2 * i + 1] = right[i];
    }
    return;
  }
  for (std::size_t channel = 0; channel < channels; ++channel) {
    const Sample* from = plane(channel);
    for (std::size_t i = 0; i < count; ++i) to[i * channels + channel] = from[i];
  }
}

}  // namespace

void SampleHash::add_planes(const AVFrame& frame) {
  const auto width = static_cast<std::size_t>(av_get_bytes_per_sample(static_cast<AVSampleFormat>(format_)));
  const auto channels = static_cast<std::size_t>(channels_),
             count = static_cast<std::size_t>(frame.nb_samples);
  mixed_.resize(width * channels * count);
  switch (width) {
    case 1:
      interleave<std::uint8_t>(frame.extended_data, channels, count, mixed_.data());
      break;
    case 2:
      interleave<std::uint16_t>(frame.extended_data, channels, count, mixed_.data());
      break;
    default:
      interleave<std::uint32_t>(frame.extended_data, channels, count, mixed_.data());
      break;
  }
  hash_.add(mixed_.data(), mixed_.size());
}

void SampleHash::add(const AVFrame& frame) {
  if (samples_ == 0) {
    format_ = frame.format;
    rate_hz_ = frame.sample_rate;
    channels_ = frame.ch_layout.nb_channels;
  }
  if (frame.format != format_ || frame.sample_rate != rate_hz_ || frame.ch_layout.nb_channels != channels_)
    one_kind_ = false;
  const auto format = static_cast<AVSampleFormat>(format_);
  if (format == AV_SAMPLE_FMT_FLTP || format == AV_SAMPLE_FMT_DBLP || format == AV_SAMPLE_FMT_S64P)
    one_kind_ = false;
  if (!one_kind_) return;
  samples_ += static_cast<std::uint64_t>(frame.nb_samples);
  if (av_sample_fmt_is_planar(format) != 0 && channels_ > 1) return add_planes(frame);
  hash_.add(frame.extended_data[0], static_cast<std::size_t>(av_get_bytes_per_sample(format)) *
                                        static_cast<std::size_t>(channels_) *
                                        static_cast<std::size_t>(frame.nb_samples));
}

Hash128 SampleHash::finish() {
  if (samples_ == 0 || !one_kind_) return {};
  const char* kind = av_get_sample_fmt_name(av_get_packed_sample_fmt(static_cast<AVSampleFormat>(format_)));
  if (kind == nullptr) return {};
  hash_.add(kind, std::strlen(kind) + 1);
  hash_.add_number(samples_);
  hash_.add_number(rate_hz_);
  hash_.add_number(channels_);
  return hash_.digest();
}

}  // namespace echofold
