// Lets swresample mix and resample.
#include "engine/audio/stereo_resampler.h"

#include <algorithm>
#include <new>

#include "index/base/error.h"

namespace echofold {

void StereoResampler::convert(const DecodedFrame& frame, std::vector<float>& out) {
  if (!fits(frame)) {
    flush(out);
    start(frame);
  }
  append(const_cast<const std::uint8_t**>(frame.planes), frame.samples, out);
}

void StereoResampler::flush(std::vector<float>& out) {
  if (swr_) append(nullptr, 0, out);
}

/// swresample needs whole numbers, and the smaller one below a million. The ratio is right to some 10^-12.
StereoResampler::Rates StereoResampler::rates_for(int in_hz) const {
  if (stretch_ == 1) return {in_hz, rate_hz_};
  constexpr int most = 1'000'000;
  const AVRational ratio = av_d2q(in_hz / (stretch_ * rate_hz_), most);
  return {ratio.num, ratio.den};
}

bool StereoResampler::fits(const DecodedFrame& frame) const {
  return swr_ && frame.rate_hz == in_rate_hz_ && frame.format == format_ &&
         av_channel_layout_compare(frame.layout, &layout_) == 0;
}

void StereoResampler::start(const DecodedFrame& frame) {
  AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO, from{};
  if (frame.layout->order == AV_CHANNEL_ORDER_UNSPEC)
    av_channel_layout_default(&from, frame.layout->nb_channels);
  else if (av_channel_layout_copy(&from, frame.layout) < 0)
    throw std::bad_alloc();
  SwrContext* raw = nullptr;
  const Rates rates = rates_for(frame.rate_hz);
  const int made = swr_alloc_set_opts2(&raw, &stereo, AV_SAMPLE_FMT_FLT, rates.out, &from, frame.format,
                                       rates.in, 0, nullptr);
  swr_.reset(raw);
  const bool single = from.nb_channels == 1;
  av_channel_layout_uninit(&from);
  constexpr double to_both[] = {1, 1};  // by its own rules swresample takes 3 dB off
  if (made < 0 || (single && swr_set_matrix(raw, to_both, 1) < 0) || swr_init(raw) < 0) {
    swr_.reset();
    throw Error(Fault::unsupported, "its channels can't be mixed to two");
  }
  in_rate_hz_ = frame.rate_hz;
  format_ = frame.format;
  if (av_channel_layout_copy(&layout_, frame.layout) < 0) throw std::bad_alloc();
}

void StereoResampler::append(const std::uint8_t** planes, int count, std::vector<float>& out) {
  const int most = swr_get_out_samples(swr_.get(), count);
  if (most <= 0) return;
  const std::size_t before = out.size();
  out.resize(before + 2 * static_cast<std::size_t>(most));
  auto* at = reinterpret_cast<std::uint8_t*>(out.data() + before);
  const int made = swr_convert(swr_.get(), &at, most, planes, count);
  out.resize(before + 2 * static_cast<std::size_t>(std::max(made, 0)));
}

}  // namespace echofold
