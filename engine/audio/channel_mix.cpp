// See channel_mix.h. Plain loops: few files need them.
#include "engine/audio/channel_mix.h"

#include <cstdint>
#include <limits>
#include <new>
#include <type_traits>

namespace echofold {
namespace {

// Power ratios. The `may_be` ones only decide which files are decoded again: they are measured at the file's own
// rate, with direct current.
constexpr double side_may_be_better = 1.8, side_is_better = 2.5;        // 2.5 dB, 4 dB
constexpr double loudest_may_be_better = 100, loudest_is_better = 250;  // 20 dB, 24 dB

template <class Sample>
float to_float(Sample sample) noexcept {
  if constexpr (std::is_floating_point_v<Sample>)
    return static_cast<float>(sample);
  else if constexpr (std::is_same_v<Sample, std::uint8_t>)
    return static_cast<float>(sample - 128) / 128.0F;
  else
    return static_cast<float>(sample) * (-1.0F / static_cast<float>(std::numeric_limits<Sample>::min()));
}

/// Returns sample i of channel c.
template <class Sample>
float sample_at(const AVFrame& frame, bool planar, std::size_t c, std::size_t i) noexcept {
  const auto* samples = reinterpret_cast<const Sample*>(frame.extended_data[planar ? c : 0]);
  return to_float(planar ? samples[i]
                         : samples[i * static_cast<std::size_t>(frame.ch_layout.nb_channels) + c]);
}

template <class Sample>
void mix(const AVFrame& frame, MixChoice choice, std::vector<float>& out) {
  const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
  out.resize(static_cast<std::size_t>(frame.nb_samples));
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = choice.mix == Mix::side
                 ? (sample_at<Sample>(frame, planar, 0, i) - sample_at<Sample>(frame, planar, 1, i)) / 2
                 : sample_at<Sample>(frame, planar, choice.channel, i);
}

/// @return false if the format is not supported
bool mix_any(const AVFrame& frame, MixChoice choice, std::vector<float>& out) {
  switch (av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format))) {
    case AV_SAMPLE_FMT_U8:
      return mix<std::uint8_t>(frame, choice, out), true;
    case AV_SAMPLE_FMT_S16:
      return mix<std::int16_t>(frame, choice, out), true;
    case AV_SAMPLE_FMT_S32:
      return mix<std::int32_t>(frame, choice, out), true;
    case AV_SAMPLE_FMT_S64:
      return mix<std::int64_t>(frame, choice, out), true;
    case AV_SAMPLE_FMT_FLT:
      return mix<float>(frame, choice, out), true;
    case AV_SAMPLE_FMT_DBL:
      return mix<double>(frame, choice, out), true;
    default:
      return false;
  }
}

}  // namespace

std::optional<MixChoice> mix_to_try(const ChannelMeter& channels, const LevelMeter& mono) {
  if (channels.half_difference_power() > side_may_be_better * channels.mean_power())
    return MixChoice{Mix::side, 0};
  if (channels.channels() > 2 && channels.loudest_power() > loudest_may_be_better * mono.mean_square())
    return MixChoice{Mix::loudest_channel, channels.loudest()};
  return std::nullopt;
}

bool is_better(Mix mix, const LevelMeter& other, const LevelMeter& mono) {
  return other.mean_square() > mono.mean_square() * (mix == Mix::side ? side_is_better : loudest_is_better);
}

const AVFrame& ChannelMix::mix(const AVFrame& frame) {
  const auto channels = static_cast<std::size_t>(frame.ch_layout.nb_channels);
  const bool has_them = choice_.mix == Mix::side ? channels == 2 : choice_.channel < channels;
  if (choice_.mix == Mix::mono || !has_them || !mix_any(frame, choice_, samples_)) return frame;
  if (!mixed_) mixed_.reset(av_frame_alloc());
  if (!mixed_) throw std::bad_alloc();
  mixed_->format = AV_SAMPLE_FMT_FLTP;
  mixed_->sample_rate = frame.sample_rate;
  mixed_->nb_samples = frame.nb_samples;
  av_channel_layout_default(&mixed_->ch_layout, 1);
  mixed_->extended_data[0] = reinterpret_cast<std::uint8_t*>(samples_.data());
  return *mixed_;
}

}  // namespace echofold
