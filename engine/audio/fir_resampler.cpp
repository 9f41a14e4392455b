// Turns frames into planes, and holds the table of filters that were read and found to agree.
#include "engine/audio/fir_resampler.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

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

/// Channel c of a frame. Its samples lie `stride` apart.
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

template <class Tap>
constexpr AVSampleFormat plane_format =
    std::is_floating_point_v<Tap> ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16P;

/// What swresample returns for a whole short stream, one plane per channel.
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

template <class Tap>
class Resampler final : public FirResampler {
 public:
  Resampler(const FirBank<Tap>& bank, Rates rates, int channels)
      : rates_(rates), channels_(static_cast<std::size_t>(channels)), stream_(bank, channels_) {}

  void convert(const AVFrame& frame, std::vector<std::int16_t>& out) override {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    stream_.grow(count);
    for (std::size_t c = 0; c < channels_; ++c) copy(frame, static_cast<int>(c), stream_.new_samples(c));
    if constexpr (std::is_floating_point_v<Tap>)
      if (stream_.planes() == 3)
        sample_loops().mix_float(stream_.new_samples(0), stream_.new_samples(1), 1, count,
                                 stream_.new_samples(2));
    stream_.run(out);
  }

  void flush(std::vector<std::int16_t>& out) override {
    if (!stream_.too_short()) return stream_.finish(out);
    std::vector<const std::uint8_t*> planes;
    for (std::size_t c = 0; c < channels_; ++c)
      planes.push_back(reinterpret_cast<const std::uint8_t*>(stream_.samples(c).data()));
    append_by_swr(plane_format<Tap>, rates_, planes, stream_.samples(0).size(), out);
  }

 private:
  static void copy(const AVFrame& frame, int c, Tap* to) {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    if constexpr (std::is_integral_v<Tap>)
      sample_loops().pick_s16(channel<std::int16_t>(frame, c), stride_of(frame), count, to);
    else if (packed_format(frame) == AV_SAMPLE_FMT_S32)
      sample_loops().pick_s32(channel<std::int32_t>(frame, c), stride_of(frame), count, to);
    else
      sample_loops().pick_float(channel<float>(frame, c), stride_of(frame), count, to);
  }

  Rates rates_;
  std::size_t channels_;
  FirStream<Tap> stream_;
};

/// Passes two channels of noise through both. They are long enough to reveal an order of summing that only resembles
/// swresample's: it would differ in one of some hundred samples.
template <class Tap>
bool agrees_with_swr(const FirBank<Tap>& bank, Rates rates) {
  constexpr std::size_t outputs = 10'000;
  const std::size_t count = outputs * bank.step / bank.phases;
  std::array<std::vector<Tap>, 2> noise{std::vector<Tap>(count), std::vector<Tap>(count)};
  std::uint32_t state = 1;
  for (std::vector<Tap>& plane : noise)
    for (Tap& sample : plane) {
      state = state * 1664525U + 1013904223U;
      const auto value = static_cast<std::int32_t>(state);
      sample = static_cast<Tap>(std::is_floating_point_v<Tap> ? static_cast<float>(value) / 2147483648.0F
                                                              : static_cast<float>(value >> 16));
    }
  const std::array planes{reinterpret_cast<std::uint8_t*>(noise[0].data()),
                          reinterpret_cast<std::uint8_t*>(noise[1].data())};
  std::vector<std::int16_t> theirs, ours;
  append_by_swr(plane_format<Tap>, rates, {planes.data(), planes.size()}, count, theirs);

  const av::Frame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  frame->format = plane_format<Tap>;
  frame->nb_samples = static_cast<int>(count);
  av_channel_layout_default(&frame->ch_layout, 2);
  for (std::size_t c = 0; c < planes.size(); ++c) frame->extended_data[c] = planes[c];
  Resampler<Tap> resampler(bank, rates, 2);
  resampler.convert(*frame, ours);
  resampler.flush(ours);
  return ours == theirs;
}

/// Read and compared once per process; null if they do not agree.
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
  if (bank == nullptr) return nullptr;
  return std::make_unique<Resampler<Tap>>(*bank, rates, channels);
}

/// Mono, or left and right: the layouts that swresample passes through or mixes by halves.
bool is_plain(const AVChannelLayout& layout) {
  AVChannelLayout standard{};
  av_channel_layout_default(&standard, layout.nb_channels);
  return layout.nb_channels <= 2 &&
         (layout.order == AV_CHANNEL_ORDER_UNSPEC || av_channel_layout_compare(&layout, &standard) == 0);
}

}  // namespace

std::unique_ptr<FirResampler> FirResampler::make(const AVFrame& frame, int rate_hz) {
  // filters grow with the rate, and damaged headers invent rates
  constexpr int highest_rate_hz = 192'000;
  const Rates rates{frame.sample_rate, rate_hz};
  if (!is_plain(frame.ch_layout) || rates.in_hz > highest_rate_hz || !has_fir_bank(rates.in_hz, rates.out_hz))
    return nullptr;
  switch (packed_format(frame)) {
    case AV_SAMPLE_FMT_S16:
      return make_for<std::int16_t>(rates, frame.ch_layout.nb_channels);
    case AV_SAMPLE_FMT_S32:
    case AV_SAMPLE_FMT_FLT:
      if (!sample_loops().sums_as_swresample()) return nullptr;
      return make_for<float>(rates, frame.ch_layout.nb_channels);
    default:
      return nullptr;
  }
}

}  // namespace echofold
