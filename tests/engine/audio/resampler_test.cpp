// Compares our samples with swresample's, in pieces and up to the last one.
#include "engine/audio/resampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <random>

#include "engine/audio/simd/sample_loops.h"
#include "engine/audio/swr.h"

namespace echofold::audio_resampler_test {
namespace {

constexpr int out_hz = 11025;

/// Levels like music's, not only white noise: tones under noise, sometimes beyond full scale.
std::vector<float> make_sound(std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> noise(-0.2F, 0.2F);
  std::vector<float> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto t = static_cast<float>(i + seed);
    out[i] = 0.5F * std::sin(0.02F * t) + 0.35F * std::sin(0.31F * t) + noise(random);
  }
  return out;
}

template <class Sample>
Sample from_float(float value) {
  const float full = std::is_floating_point_v<Sample> ? 1.0F : std::ldexp(1.0F, 8 * sizeof(Sample) - 1);
  if constexpr (std::is_floating_point_v<Sample>) return value;
  return static_cast<Sample>(std::clamp(value * full, -full, std::nextafter(full, 0.0F)));
}

/// Frames of any size that share one buffer.
template <class Sample>
class Frames {
 public:
  Frames(AVSampleFormat format, int rate_hz, int channels, std::size_t count)
      : format_(format), rate_hz_(rate_hz), channels_(channels), count_(count) {
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    samples_.resize(count * static_cast<std::size_t>(channels));
    for (int c = 0; c < channels; ++c) {
      const std::vector<float> sound = make_sound(count, 1 + 977U * static_cast<unsigned>(c));
      for (std::size_t i = 0; i < count; ++i)
        samples_[planar ? static_cast<std::size_t>(c) * count + i
                        : i * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)] =
            from_float<Sample>(sound[i]);
    }
  }

  std::size_t count() const { return count_; }
  av::Frame frame(std::size_t from, std::size_t count) {
    av::Frame frame(av_frame_alloc());
    frame->format = format_;
    frame->sample_rate = rate_hz_;
    frame->nb_samples = static_cast<int>(count);
    av_channel_layout_default(&frame->ch_layout, channels_);
    const bool planar = av_sample_fmt_is_planar(format_) != 0;
    for (int c = 0; c < (planar ? channels_ : 1); ++c) {
      const std::size_t at =
          planar ? static_cast<std::size_t>(c) * count_ + from : from * static_cast<std::size_t>(channels_);
      frame->extended_data[c] = reinterpret_cast<std::uint8_t*>(samples_.data() + at);
    }
    return frame;
  }

 private:
  AVSampleFormat format_;
  int rate_hz_, channels_;
  std::size_t count_;
  std::vector<Sample> samples_;
};

template <class Sample>
std::vector<std::int16_t> theirs(AVSampleFormat format, int rate_hz, int channels, Frames<Sample>& frames) {
  AVChannelLayout layout{};
  av_channel_layout_default(&layout, channels);
  const av::Resampler swr = make_swr({format, rate_hz, AV_SAMPLE_FMT_S16, out_hz}, layout);
  std::vector<std::int16_t> out(2 * frames.count() + 64);
  const av::Frame frame = frames.frame(0, frames.count());
  auto* to = reinterpret_cast<std::uint8_t*>(out.data());
  const int most = static_cast<int>(out.size());
  int got = swr_convert(swr.get(), &to, most, const_cast<const std::uint8_t**>(frame->extended_data),
                        frame->nb_samples);
  to = reinterpret_cast<std::uint8_t*>(out.data() + got);
  got += swr_convert(swr.get(), &to, most - got, nullptr, 0);
  out.resize(static_cast<std::size_t>(got));
  return out;
}

template <class Sample>
std::vector<std::int16_t> ours(Frames<Sample>& frames, std::size_t piece) {
  MonoResampler resampler(out_hz);
  std::vector<std::int16_t> out;
  const auto add = [&](std::span<const std::int16_t> samples) {
    out.insert(out.end(), samples.begin(), samples.end());
  };
  for (std::size_t at = 0; at < frames.count(); at += piece)
    add(resampler.convert(*frames.frame(at, std::min(piece, frames.count() - at))));
  add(resampler.flush());
  return out;
}

struct Kind {
  AVSampleFormat format;
  int rate_hz, channels;
};

/// The first sample that differs, or the end of the shorter one; -1 if they are equal.
template <class Sample>
std::ptrdiff_t first_difference(const Kind& kind, std::size_t count, std::size_t piece) {
  Frames<Sample> frames(kind.format, kind.rate_hz, kind.channels, count);
  const auto expected = theirs(kind.format, kind.rate_hz, kind.channels, frames);
  const auto found = ours(frames, piece);
  if (found == expected) return -1;
  return std::mismatch(found.begin(), found.end(), expected.begin(), expected.end()).first - found.begin();
}

constexpr std::array rates{44100, 48000, 22050, 24000, 88200, 96000, 192000, 32000, 11025, 8000};

TEST(Resampler, SixteenBitsAreSwresamplesSampleForSample) {
  for (const int rate : rates)
    for (const int channels : {1, 2, 3})
      for (const AVSampleFormat format : {AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S16P})
        for (const std::size_t piece : {4608U, 1152U, 997U, 61U})
          EXPECT_EQ(first_difference<std::int16_t>({format, rate, channels}, 50'000, piece), -1)
              << rate << " Hz, " << channels << " channels, pieces of " << piece;
}

TEST(Resampler, FloatsToo) {
  for (const int rate : rates)
    for (const int channels : {1, 2})
      for (const AVSampleFormat format : {AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP})
        EXPECT_EQ(first_difference<float>({format, rate, channels}, 500'000, 1023), -1)
            << rate << " Hz, " << channels << " channels";
}

TEST(Resampler, ThirtyTwoBitsToo) {
  for (const int rate : {44100, 48000, 96000})
    for (const AVSampleFormat format : {AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S32P})
      EXPECT_EQ(first_difference<std::int32_t>({format, rate, 2}, 200'000, 4096), -1) << rate;
}

TEST(Resampler, ShortStreamsToo) {
  for (const int rate : {44100, 48000})
    for (std::size_t count = 1; count < 700; count += 7) {
      EXPECT_EQ(first_difference<std::int16_t>({AV_SAMPLE_FMT_S16, rate, 2}, count, 64), -1) << count;
      EXPECT_EQ(first_difference<float>({AV_SAMPLE_FMT_FLTP, rate, 2}, count, 64), -1) << count;
    }
}

TEST(Resampler, TheUsualKindsGoTheFastWay) {
  for (const Kind& kind : {Kind{AV_SAMPLE_FMT_S16, 44100, 2}, Kind{AV_SAMPLE_FMT_S16P, 48000, 1},
                           Kind{AV_SAMPLE_FMT_FLTP, 44100, 2}, Kind{AV_SAMPLE_FMT_FLTP, 48000, 2},
                           Kind{AV_SAMPLE_FMT_S32, 96000, 2}}) {
    if (kind.format != AV_SAMPLE_FMT_S16 && kind.format != AV_SAMPLE_FMT_S16P &&
        !sample_loops().sums_as_swresample())
      continue;  // another set was forced, or this is not an x86
    Frames<double> frames(kind.format, kind.rate_hz, kind.channels, 1);
    EXPECT_NE(FirResampler::make(*frames.frame(0, 1), out_hz), nullptr) << kind.rate_hz;
  }
  Frames<double> many(AV_SAMPLE_FMT_FLTP, 44100, 6, 1), odd(AV_SAMPLE_FMT_FLTP, 44099, 2, 1);
  EXPECT_EQ(FirResampler::make(*many.frame(0, 1), out_hz), nullptr);
  EXPECT_EQ(FirResampler::make(*odd.frame(0, 1), out_hz), nullptr);
}

TEST(Resampler, AnotherFormatInMidStreamStartsAnew) {
  Frames<std::int16_t> first(AV_SAMPLE_FMT_S16, 44100, 2, 30'000);
  Frames<float> second(AV_SAMPLE_FMT_FLTP, 48000, 1, 30'000);
  std::vector<std::int16_t> expected = theirs(AV_SAMPLE_FMT_S16, 44100, 2, first);
  const auto rest = ours(second, 30'000);
  expected.insert(expected.end(), rest.begin(), rest.end());

  MonoResampler resampler(out_hz);
  std::vector<std::int16_t> found;
  const auto add = [&](std::span<const std::int16_t> samples) {
    found.insert(found.end(), samples.begin(), samples.end());
  };
  add(resampler.convert(*first.frame(0, 30'000)));
  add(resampler.convert(*second.frame(0, 30'000)));
  add(resampler.flush());
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace echofold::audio_resampler_test
