// FirResampler if it supports the frames, otherwise swresample.
#include "engine/audio/resampler.h"

#include <algorithm>
#include <new>
#include <string>

#include "engine/audio/swr.h"
#include "index/base/error.h"

namespace echofold {
namespace {

// Outside of this range the filter or its output would take far too much memory.
constexpr int lowest_rate_hz = 1'000;
constexpr int highest_rate_hz = 12'288'000;

}  // namespace

MonoResampler::~MonoResampler() { av_channel_layout_uninit(&layout_); }

std::span<const std::int16_t> MonoResampler::convert(const AVFrame& frame) {
  samples_.clear();
  if (!fits(frame)) {
    finish();
    start(frame);
  }
  if (fir_)
    fir_->convert(frame, samples_);
  else
    append(const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
  return samples_;
}

std::span<const std::int16_t> MonoResampler::flush() {
  samples_.clear();
  finish();
  return samples_;
}

void MonoResampler::finish() {
  if (fir_) fir_->flush(samples_);
  if (swr_) append(nullptr, 0);
}

bool MonoResampler::fits(const AVFrame& frame) const {
  return (fir_ || swr_) && frame.format == format_ && frame.sample_rate == in_rate_hz_ &&
         av_channel_layout_compare(&frame.ch_layout, &layout_) == 0;
}

void MonoResampler::start(const AVFrame& frame) {
  fir_.reset();
  swr_.reset();
  if (frame.sample_rate < lowest_rate_hz || frame.sample_rate > highest_rate_hz)
    throw Error(Fault::unsupported, "its sample rate is " + std::to_string(frame.sample_rate) + " Hz");
  fir_ = FirResampler::make(frame, rate_hz_);
  if (!fir_) start_swr(frame);
  if (av_channel_layout_copy(&layout_, &frame.ch_layout) < 0) throw std::bad_alloc();
  in_rate_hz_ = frame.sample_rate;
  format_ = frame.format;
}

void MonoResampler::start_swr(const AVFrame& frame) {
  const SwrFormat format{static_cast<AVSampleFormat>(frame.format), frame.sample_rate, AV_SAMPLE_FMT_S16,
                         rate_hz_};
  const int channels = frame.ch_layout.nb_channels;
  AVChannelLayout standard{};
  av_channel_layout_default(&standard, channels);
  const bool named = frame.ch_layout.order != AV_CHANNEL_ORDER_UNSPEC;
  swr_ = make_swr(format, named ? frame.ch_layout : standard);
  if (!swr_ && named) swr_ = make_swr(format, standard);
  if (!swr_)
    throw Error(Fault::unsupported, "its " + std::to_string(channels) + " channels cannot be mixed to one");
}

void MonoResampler::append(const std::uint8_t** planes, int count) {
  const int most = std::max(swr_get_out_samples(swr_.get(), count), 0);
  const std::size_t before = samples_.size();
  samples_.resize(before + static_cast<std::size_t>(most));
  auto* out = reinterpret_cast<std::uint8_t*>(samples_.data() + before);
  const int got = swr_convert(swr_.get(), &out, most, planes, count);
  if (got < 0) throw Error(Fault::unsupported, "cannot resample its audio: " + av::reason(got));
  samples_.resize(before + static_cast<std::size_t>(got));
}

}  // namespace echofold
