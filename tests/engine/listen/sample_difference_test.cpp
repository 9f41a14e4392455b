// Equal samples, rounded and dithered ones, and what is close to them without being decoded from them.
#include "engine/listen/sample_difference.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/stereo_sound.h"

namespace echofold::listen_sample_difference_test {
namespace {

using namespace test;
using Sound = std::vector<MidSide>;

constexpr int rate_hz = 44'100;
constexpr std::size_t frames = 400;
const ListenBands bands(rate_hz);
const std::size_t samples = bands.hop * (frames + 1);
constexpr double length_s = 400 * 1024.0 / rate_hz;

Sound joined(const Samples& left, const Samples& right) {
  Sound out(left.size());
  for (std::size_t i = 0; i < left.size(); ++i) out[i] = {(left[i] + right[i]) / 2, (left[i] - right[i]) / 2};
  return out;
}

/// Each sample of left and right, changed.
template <class Change>
Sound changed(const Sound& sound, const Change& change) {
  Sound out;
  for (const MidSide& sample : sound) {
    const float left = change(sample.mid + sample.side), right = change(sample.mid - sample.side);
    out.push_back({(left + right) / 2, (left - right) / 2});
  }
  return out;
}

Sound rounded(const Sound& sound, float steps = 32768) {
  return changed(sound, [&](float sample) { return std::round(sample * steps) / steps; });
}

Heard heard_of(const Sound& a, const Sound& b) {
  SampleDifference difference(bands);
  const std::span<const MidSide> all_a(a), all_b(b);
  for (std::size_t at = 0; at + bands.window <= a.size(); at += bands.hop)
    difference.add(all_a.subspan(at, bands.window), all_b.subspan(at, bands.window));
  Heard heard;
  difference.fill(heard);
  return heard;
}

Sound loud_noise() { return joined(noise(1, 0.3, samples), noise(2, 0.3, samples)); }

TEST(SampleDifference, RoundingTo16BitsIsRecognised) {
  const Sound sound = loud_noise();
  const Heard heard = heard_of(rounded(sound), sound);
  EXPECT_NEAR(heard.equal_s, length_s, 0.001);
  EXPECT_NEAR(heard.rounded_s, length_s, 0.001);
  EXPECT_NEAR(heard.difference_rms, std::sqrt(1.0 / 12), 0.003);
  EXPECT_LE(heard.difference_max, 0.51);
  EXPECT_EQ(heard_of(sound, rounded(sound)).rounded_s, heard.rounded_s) << "whichever is the copy";
}

TEST(SampleDifference, NoiseNeedsTheBitsThatTheoryNames) {
  const Sound sound = loud_noise();
  const Heard heard = heard_of(rounded(sound), sound);
  // log2 of the amplitude of the sound over that of rounding, a channel and sample, less .42 for the spread of |X|^2
  const double a_sample = std::log2(0.3 / std::sqrt(3.0) / (std::sqrt(1.0 / 12) / 32768)) - 0.42;
  const double covered =
      static_cast<double>(bands.edges.back() - bands.edges.front()) / (static_cast<double>(bands.window) / 2);
  EXPECT_NEAR(heard.equal_kbps, 2 * a_sample * rate_hz * covered / 1000, 20);
}

TEST(SampleDifference, OneSoundInTwoChannelsNeedsHalfOfThat) {
  const Samples one = noise(1, 0.3, samples), silence(samples, 0);
  Samples half = one;
  for (float& sample : half) sample /= 2;
  const double both = heard_of(rounded(loud_noise()), loud_noise()).equal_kbps;
  for (const Sound& sound : {joined(one, one), joined(one, silence), joined(one, half)}) {
    const Heard heard = heard_of(rounded(sound), sound);
    EXPECT_LT(heard.equal_kbps, 0.6 * both);
    EXPECT_GT(heard.equal_kbps, 0.4 * both);
    EXPECT_NEAR(heard.rounded_s, length_s, 0.05) << "also if one channel is silent";
  }
}

TEST(SampleDifference, DitherIsEqualButNotRounding) {
  Dice dice(7);
  const Sound sound = loud_noise(),
              dithered = changed(sound, [&](float sample) {
                const double dither = dice.between(-0.5, 0.5) + dice.between(-0.5, 0.5);
                return static_cast<float>(std::round(sample * 32768.0 + dither) / 32768);
              });
  const Heard heard = heard_of(dithered, sound);
  EXPECT_NEAR(heard.equal_s, length_s, 0.001);
  EXPECT_EQ(heard.rounded_s, 0);
  EXPECT_NEAR(heard.difference_rms, 0.5, 0.01);
  EXPECT_LT(heard.difference_max, 1.6);
  EXPECT_GT(heard.equal_kbps, 500);
}

TEST(SampleDifference, FurtherBitsNeedMore) {
  const Sound sound = loud_noise();
  const Heard of_16 = heard_of(rounded(sound), sound), of_24 = heard_of(rounded(sound, 8388608), sound);
  EXPECT_EQ(of_24.rounded_s, 0) << "24 bits are not rounded to 16";
  EXPECT_NEAR(of_24.equal_s, length_s, 0.001);
  EXPECT_GT(of_24.equal_kbps, of_16.equal_kbps + 200);
}

/// Noise of a codec beside music that is so quiet that both are alike to two steps.
TEST(SampleDifference, QuietMusicNeedsFewBitsAndACodecsErrorIsNoRounding) {
  const Sound sound = rounded(joined(noise(1, 6.0F / 32768, samples), noise(2, 6.0F / 32768, samples)));
  Dice dice(9);
  const Sound coded = changed(sound, [&](float sample) {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += dice.between(-0.5, 0.5);
    return sample + static_cast<float>(0.29 * sum / 32768);
  });
  const Heard heard = heard_of(sound, coded);
  EXPECT_GT(heard.equal_s, 0.95 * length_s);
  EXPECT_EQ(heard.rounded_s, 0);
  EXPECT_LT(heard.equal_kbps, 250);
}

TEST(SampleDifference, SilenceIsEqualAndProvesNothing) {
  const Sound silence(samples);
  const Heard heard = heard_of(silence, silence);
  EXPECT_NEAR(heard.equal_s, length_s, 0.001);
  EXPECT_EQ(heard.rounded_s, 0);
  EXPECT_EQ(heard.equal_kbps, 0);
  EXPECT_EQ(heard.difference_max, 0);
}

TEST(SampleDifference, AGainIsNotEqual) {
  const Sound sound = loud_noise();
  const Heard heard = heard_of(rounded(changed(sound, [](float sample) { return 0.999F * sample; })), sound);
  EXPECT_EQ(heard.equal_s, 0);
  EXPECT_EQ(heard.equal_kbps, 0);
  EXPECT_GT(heard.difference_max, 8);
}

TEST(SampleDifference, WhatExceedsFullScaleIsClipped) {
  const Sound sound = joined(noise(1, 2, samples), noise(2, 2, samples));
  const Sound clipped = rounded(changed(sound, [](float sample) {
    return sample > 1 - 1 / 32768.0F ? 1 - 1 / 32768.0F : sample < -1 ? -1.0F : sample;
  }));
  EXPECT_NEAR(heard_of(clipped, sound).equal_s, length_s, 0.001);
}

TEST(SampleDifference, WhatIsNoNumberStaysWithoutEffectOnTheRest) {
  Sound sound = loud_noise();
  sound[5000].mid = std::nanf("");
  const Heard heard = heard_of(sound, loud_noise());
  EXPECT_TRUE(std::isfinite(heard.difference_rms));
  EXPECT_TRUE(std::isfinite(heard.equal_kbps));
  EXPECT_LT(heard.equal_s, length_s);
  EXPECT_GT(heard.equal_s, length_s - 0.1);
}

}  // namespace
}  // namespace echofold::listen_sample_difference_test
