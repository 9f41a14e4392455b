// Every kind of other sound for a moment is found, and when.
#include "engine/listen/listen.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/engine/listen/listening.h"

namespace echofold::listen_moments_test {
namespace {

using namespace test;
using Path = std::filesystem::path;

TEST_F(Listening, AMutedMomentIsFound) {
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path muted = mp3_of(changed(music(), 7.3, 7.5, mute));
  const Heard heard = heard_of(song(), muted);
  expect_burst(heard, 7.3, 7.5);
  EXPECT_EQ(heard.bursts.front().kind, BurstKind::silent_in_b);
  EXPECT_EQ(heard_of(muted, song()).bursts.front().kind, BurstKind::silent_in_a);
}

TEST_F(Listening, OtherSoundForAMomentIsFound) {
  const StereoSound other = made_music(2, length_s);
  const Heard heard =
      heard_of(song(), mp3_of(changed(music(), 11.2, 11.5, [&](float& left, float& right, std::size_t i) {
                 left = other.left[i];
                 right = other.right[i];
               })));
  expect_burst(heard, 11.2, 11.5);
  EXPECT_EQ(heard.bursts.front().kind, BurstKind::other);
}

TEST_F(Listening, AReversedMomentIsFound) {
  const std::size_t both_ends = music().at(4.0) + music().at(4.4);
  expect_burst(heard_of(song(), mp3_of(changed(music(), 4.0, 4.4,
                                               [&](float& left, float& right, std::size_t i) {
                                                 left = music().left[both_ends - i];
                                                 right = music().right[both_ends - i];
                                               }))),
               4.0, 4.4);
}

/// Like a vowel: harmonics of 140 Hz under two formants.
double voice_at(double t) {
  double sum = 0;
  for (int k = 1; k <= 24; ++k) {
    const double hz = 140 * k, first = (hz - 650) / 150, second = (hz - 1700) / 250;
    sum += (std::exp(-first * first) + 0.6 * std::exp(-second * second)) *
           std::sin(2 * std::numbers::pi * hz * t + 0.8 * std::sin(2 * std::numbers::pi * 4 * t) * k / 3);
  }
  return sum;
}

double rms(const Samples& samples) {
  double power = 0;
  for (const float sample : samples) power += static_cast<double>(sample) * sample;
  return std::sqrt(power / static_cast<double>(samples.size()));
}

TEST_F(Listening, AVoiceThatIsQuieterThanTheMusicIsFound) {
  Samples voice;
  for (std::size_t i = 0; i < music().at(0.8); ++i)
    voice.push_back(static_cast<float>(voice_at(static_cast<double>(i) / 44'100)));
  const auto level = static_cast<float>(0.5 * rms(music().left) / rms(voice));  // -6 dB
  const std::size_t first = music().at(13);
  const Heard heard =
      heard_of(song(), mp3_of(changed(music(), 13, 13.8, [&](float& left, float& right, std::size_t i) {
                 left += level * voice[i - first];
                 right += level * voice[i - first];
               })));
  expect_judged(heard, "differs: burst");
  EXPECT_GT(heard.bursts.front().start_s, 12.85) << numbers(heard);
  EXPECT_LT(heard.bursts.front().start_s + heard.bursts.front().length_s, 13.95) << numbers(heard);
}

TEST_F(Listening, TheTimeOfABurstIsThatOfTheFirstFile) {
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path later = file_of("later.wav", cut(changed(music(), 9, 9.4, mute), music().at(2.5)));
  expect_burst(heard_of(song(), later, 2.4), 9, 9.4);
  expect_burst(heard_of(later, song(), -2.4), 6.5, 6.9);
}

TEST_F(Listening, ExchangedFilesGiveTheSameBurst) {
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path muted = mp3_of(cut(changed(music(), 7.3, 7.6, mute), music().at(1)));
  const Heard there = heard_of(song(), muted, 1), back = heard_of(muted, song(), -1);
  expect_mirrored(there, back);
  expect_burst(there, 7.3, 7.6);
  expect_burst(exchanged(back), 7.3, 7.6);
  EXPECT_EQ(exchanged(back).bursts.front().kind, there.bursts.front().kind);
}

}  // namespace
}  // namespace echofold::listen_moments_test
