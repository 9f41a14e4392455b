// One stream of mixed floats, or one of 16 bits for each channel, and the table of filters that were read and
// found to agree.
#include "engine/audio/fir_resampler.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <tuple>

#include "engine/audio/fir_bank.h"
#include "engine/audio/fir_stream.h"
#include "engine/audio/simd/sample_loops.h"
#include "engine/audio/swr.h"

namespace echofold {
namespace {

struct Rates {
  int in_hz, out_hz;
};

AVSampleFormat packed_format(const AVFrame& frame) {
  return av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format));
}

/// Channel c of a frame; its samples lie `stride` apart.
template <class Sample>
const Sample* channel(const AVFrame& frame, int c) {
  const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
  const auto* samples = reinterpret_cast<const Sample*>(frame.extended_data[planar ? c : 0]);
  return planar ? samples : samples + c;
}
std::size_t stride_of(const AVFrame& frame) {
  const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
  return planar ? 1 : static_cast<std::size_t>(frame.ch_layout.nb_channels);
}

/// What swresample makes of a whole short stream, one plane a channel.
void append_by_swr(AVSampleFormat format, Rates rates, std::span<const std::uint8_t* const> planes,
                   std::size_t count, std::vector<std::int16_t>& out) {
  if (count == 0) return;
  AVChannelLayout layout{};
  av_channel_layout_default(&layout, static_cast<int>(planes.size()));
  const av::Resampler swr = make_swr({format, rates.in_hz, AV_SAMPLE_FMT_S16, rates.out_hz}, layout);
  if (!swr) throw std::bad_alloc();
  std::array<const std::uint8_t*, 2> in{};
  std::copy(planes.begin(), planes.end(), in.begin());
  for (const bool flush : {false, true}) {
    const std::size_t before = out.size();
    out.resize(before + count);
    auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const int got = swr_convert(swr.get(), &to, static_cast<int>(count), flush ? nullptr : in.data(),
                                flush ? 0 : static_cast<int>(count));
    out.resize(before + static_cast<std::size_t>(std::max(got, 0)));
  }
}

/// 16 bits: each channel is filtered and rounded by itself, and then they are mixed.
class ShortResampler final : public FirResampler {
 public:
  ShortResampler(const FirBank<std::int16_t>& bank, Rates rates, int channels) : rates_(rates), left_(bank) {
    if (channels == 2) right_.emplace(bank);
  }

  void convert(const AVFrame& frame, std::vector<std::int16_t>& out) override {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    take(frame, 0, left_.grow(count));
    if (right_) take(frame, 1, right_->grow(count));
    pass_on(out, [](auto& stream, auto& to) { stream.run(to); });
  }

  void flush(std::vector<std::int16_t>& out) override {
    if (!left_.too_short()) return pass_on(out, [](auto& stream, auto& to) { stream.finish(to); });
    const auto bytes = [](const auto& stream) {
      return reinterpret_cast<const std::uint8_t*>(stream.samples().data());
    };
    std::vector<const std::uint8_t*> planes{bytes(left_)};
    if (right_) planes.push_back(bytes(*right_));
    append_by_swr(AV_SAMPLE_FMT_S16P, rates_, planes, left_.samples().size(), out);
  }

 private:
  static void take(const AVFrame& frame, int c, std::int16_t* to) {
    sample_loops().pick_s16(channel<std::int16_t>(frame, c), stride_of(frame),
                            static_cast<std::size_t>(frame.nb_samples), to);
  }

  template <class Step>
  void pass_on(std::vector<std::int16_t>& out, Step step) {
    const std::size_t before = out.size();
    step(left_, out);
    if (!right_) return;
    of_right_.clear();
    step(*right_, of_right_);
    sample_loops().average_s16(of_right_.data(), of_right_.size(), out.data() + before);
  }

  Rates rates_;
  FirStream<std::int16_t> left_;
  std::optional<FirStream<std::int16_t>> right_;
  std::vector<std::int16_t> of_right_;
};

/// Floats, and 32 bits as floats: mixed first.
class FloatResampler final : public FirResampler {
 public:
  FloatResampler(const FirBank<float>& bank, Rates rates) : rates_(rates), mixed_(bank) {}

  void convert(const AVFrame& frame, std::vector<std::int16_t>& out) override {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    const int second = frame.ch_layout.nb_channels - 1;
    float* to = mixed_.grow(count);
    if (packed_format(frame) == AV_SAMPLE_FMT_FLT)
      sample_loops().mix_float(channel<float>(frame, 0), channel<float>(frame, second), stride_of(frame),
                               count, to);
    else
      sample_loops().mix_s32(channel<std::int32_t>(frame, 0), channel<std::int32_t>(frame, second),
                             stride_of(frame), count, to);
    mixed_.run(out);
  }

  void flush(std::vector<std::int16_t>& out) override {
    if (!mixed_.too_short()) return mixed_.finish(out);
    const std::array planes{reinterpret_cast<const std::uint8_t*>(mixed_.samples().data())};
    append_by_swr(AV_SAMPLE_FMT_FLTP, rates_, planes, mixed_.samples().size(), out);
  }

 private:
  Rates rates_;
  FirStream<float> mixed_;
};

template <class Tap>
std::unique_ptr<FirResampler> make_with(const FirBank<Tap>& bank, Rates rates, int channels) {
  if constexpr (std::is_floating_point_v<Tap>)
    return std::make_unique<FloatResampler>(bank, rates);
  else
    return std::make_unique<ShortResampler>(bank, rates, channels);
}

/// Two channels of noise through both: equal for 16 bits, a step at most between them for floats.
template <class Tap>
bool agrees_with_swr(const FirBank<Tap>& bank, Rates rates) {
  constexpr bool real = std::is_floating_point_v<Tap>;
  const std::size_t count = 8 * bank.length + bank.step;
  std::array<std::vector<Tap>, 2> noise{std::vector<Tap>(count), std::vector<Tap>(count)};
  std::uint32_t state = 1;
  for (std::vector<Tap>& plane : noise)
    for (Tap& sample : plane) {
      state = state * 1664525U + 1013904223U;
      const auto value = static_cast<std::int16_t>(state >> 16);
      sample = real ? static_cast<Tap>(value / 32768.0F) : static_cast<Tap>(value);
    }
  const std::array planes{reinterpret_cast<std::uint8_t*>(noise[0].data()),
                          reinterpret_cast<std::uint8_t*>(noise[1].data())};
  constexpr AVSampleFormat format = real ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16P;
  std::vector<std::int16_t> theirs, ours;
  append_by_swr(format, rates, planes, count, theirs);

  const av::Frame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  frame->format = format;
  frame->nb_samples = static_cast<int>(count);
  av_channel_layout_default(&frame->ch_layout, 2);
  for (std::size_t c = 0; c < planes.size(); ++c) frame->extended_data[c] = planes[c];
  const auto resampler = make_with(bank, rates, 2);
  resampler->convert(*frame, ours);
  resampler->flush(ours);
  return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                    [](int a, int b) { return std::abs(a - b) <= (real ? 1 : 0); });
}

/// Read and compared once in a process; null when they do not agree.
template <class Tap>
const FirBank<Tap>* bank_of(Rates rates) {
  static std::mutex mutex;
  static std::map<std::pair<int, int>, std::pair<FirBank<Tap>, bool>> banks;  // bool: agrees
  const std::lock_guard lock(mutex);
  const auto [entry, is_new] = banks.try_emplace({rates.in_hz, rates.out_hz});
  auto& [bank, agrees] = entry->second;
  if (is_new) {
    bank = read_fir_bank<Tap>(rates.in_hz, rates.out_hz);
    agrees = agrees_with_swr(bank, rates);
  }
  return agrees ? &bank : nullptr;
}

template <class Tap>
std::unique_ptr<FirResampler> make_for(Rates rates, int channels) {
  const FirBank<Tap>* bank = bank_of<Tap>(rates);
  return bank == nullptr ? nullptr : make_with(*bank, rates, channels);
}

/// Mono, or left and right: what swresample takes whole or mixes by halves.
bool is_plain(const AVChannelLayout& layout) {
  AVChannelLayout standard{};
  av_channel_layout_default(&standard, layout.nb_channels);
  return layout.nb_channels <= 2 &&
         (layout.order == AV_CHANNEL_ORDER_UNSPEC || av_channel_layout_compare(&layout, &standard) == 0);
}

}  // namespace

std::unique_ptr<FirResampler> FirResampler::make(const AVFrame& frame, int rate_hz) {
  constexpr int highest_rate_hz =
      192'000;  // filters grow with the rate, and rates are made up by damaged headers
  const Rates rates{frame.sample_rate, rate_hz};
  if (!is_plain(frame.ch_layout) || rates.in_hz > highest_rate_hz || !has_fir_bank(rates.in_hz, rates.out_hz))
    return nullptr;
  switch (packed_format(frame)) {
    case AV_SAMPLE_FMT_S16:
      return make_for<std::int16_t>(rates, frame.ch_layout.nb_channels);
    case AV_SAMPLE_FMT_S32:
    case AV_SAMPLE_FMT_FLT:
      return make_for<float>(rates, frame.ch_layout.nb_channels);
    default:
      return nullptr;
  }
}

}  // namespace echofold
