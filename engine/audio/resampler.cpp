// swresample with the settings of fpcalc: another filter would be another fingerprint.
#include "engine/audio/resampler.h"

#include <algorithm>
#include <new>
#include <string>

#include "index/error.h"

namespace echofold {
namespace {

// Outside of these the filter or its output would take memory out of all proportion.
constexpr int lowest_rate_hz = 1'000;
constexpr int highest_rate_hz = 12'288'000;

av::Resampler make_resampler(const AVFrame& frame, AVChannelLayout layout, int rate_hz) {
  AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
  SwrContext* swr = nullptr;
  const int result =
      swr_alloc_set_opts2(&swr, &mono, AV_SAMPLE_FMT_S16, rate_hz, &layout,
                          static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
  av::Resampler owner(swr);
  if (result < 0) return nullptr;
  av_opt_set_int(swr, "resampler", SWR_ENGINE_SWR, 0);
  av_opt_set_int(swr, "filter_size", 16, 0);
  av_opt_set_int(swr, "phase_shift", 8, 0);
  av_opt_set_int(swr, "linear_interp", 1, 0);
  av_opt_set_double(swr, "cutoff", 0.8, 0);
  if (swr_init(swr) < 0) return nullptr;
  return owner;
}

}  // namespace

MonoResampler::~MonoResampler() { av_channel_layout_uninit(&layout_); }

std::span<const std::int16_t> MonoResampler::convert(const AVFrame& frame) {
  filled_ = 0;
  if (!fits(frame)) {
    if (swr_) append(nullptr, 0);
    start(frame);
  }
  append(const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
  return {samples_.data(), filled_};
}

std::span<const std::int16_t> MonoResampler::flush() {
  filled_ = 0;
  if (swr_) append(nullptr, 0);
  return {samples_.data(), filled_};
}

bool MonoResampler::fits(const AVFrame& frame) const {
  return swr_ && frame.format == format_ && frame.sample_rate == in_rate_hz_ &&
         av_channel_layout_compare(&frame.ch_layout, &layout_) == 0;
}

void MonoResampler::start(const AVFrame& frame) {
  swr_.reset();
  const int channels = frame.ch_layout.nb_channels;
  if (frame.sample_rate < lowest_rate_hz || frame.sample_rate > highest_rate_hz)
    throw Error(Fault::unsupported, "its sample rate is " + std::to_string(frame.sample_rate) + " Hz");
  AVChannelLayout standard{};
  av_channel_layout_default(&standard, channels);
  const bool named = frame.ch_layout.order != AV_CHANNEL_ORDER_UNSPEC;
  swr_ = make_resampler(frame, named ? frame.ch_layout : standard, rate_hz_);
  if (!swr_ && named) swr_ = make_resampler(frame, standard, rate_hz_);
  if (!swr_)
    throw Error(Fault::unsupported, "its " + std::to_string(channels) + " channels cannot be mixed to one");
  if (av_channel_layout_copy(&layout_, &frame.ch_layout) < 0) throw std::bad_alloc();
  in_rate_hz_ = frame.sample_rate;
  format_ = frame.format;
}

void MonoResampler::append(const std::uint8_t** planes, int count) {
  const int most = std::max(swr_get_out_samples(swr_.get(), count), 0);
  samples_.resize(std::max(samples_.size(), filled_ + static_cast<std::size_t>(most)));
  auto* out = reinterpret_cast<std::uint8_t*>(samples_.data() + filled_);
  const int got = swr_convert(swr_.get(), &out, most, planes, count);
  if (got < 0) throw Error(Fault::unsupported, "cannot resample its audio: " + av::reason(got));
  filled_ += static_cast<std::size_t>(got);
}

}  // namespace echofold
