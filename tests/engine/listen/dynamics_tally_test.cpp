// How far peaks stand out, and how far loud and soft parts lie apart.
#include "engine/listen/dynamics_tally.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace echofold::listen_dynamics_tally_test {
namespace {

using Sound = std::vector<MidSide>;
constexpr int rate_hz = 8000;

/// A note each half second, which dies away; every fourth one is ten times as loud as the softest.
Sound notes(double seconds) {
  Sound sound;
  for (std::size_t i = 0; i < static_cast<std::size_t>(seconds * rate_hz); ++i) {
    const double t = static_cast<double>(i) / rate_hz, in_note = std::fmod(t, 0.5);
    const double loudness = std::pow(10.0, -static_cast<double>(static_cast<int>(t * 2) % 4) / 3);
    const double sample = 0.8 * loudness * std::exp(-3 * in_note) * std::sin(2 * std::numbers::pi * 330 * t);
    sound.push_back({static_cast<float>(sample), static_cast<float>(sample / 4)});
  }
  return sound;
}

Sound changed(Sound sound, const std::function<float(float)>& change) {
  for (MidSide& sample : sound) sample = {change(sample.mid), change(sample.side)};
  return sound;
}

/// @param chunk  samples that are added at a time
Heard heard_of(const Sound& a, const Sound& b, std::size_t chunk = 512) {
  DynamicsTally tally(rate_hz);
  for (std::size_t i = 0; i < a.size(); i += chunk) {
    const std::size_t count = std::min(chunk, a.size() - i);
    tally.add(std::span(a).subspan(i, count), std::span(b).subspan(i, count));
  }
  Heard heard;
  tally.fill(heard);
  return heard;
}

TEST(DynamicsTally, ACopyAtAnyLevelHasTheSameDynamics) {
  const Sound sound = notes(20);
  for (const float gain : {1.0F, 0.1F, 3.0F}) {
    const Heard heard = heard_of(sound, changed(sound, [&](float x) { return gain * x; }));
    EXPECT_NEAR(heard.range_db, 0, 0.01) << gain;
    EXPECT_NEAR(heard.level_slope, 0, 0.01) << gain;
  }
}

TEST(DynamicsTally, CutPeaksAreLessRange) {
  const Sound sound = notes(20);
  const Sound cut = changed(sound, [](float x) { return std::clamp(x, -0.2F, 0.2F); });
  EXPECT_LT(heard_of(sound, cut).range_db, -4);
  EXPECT_GT(heard_of(cut, sound).range_db, 4);
  EXPECT_EQ(heard_of(cut, sound).range_db, -heard_of(sound, cut).range_db);
}

TEST(DynamicsTally, ACompressorHasASlope) {
  const Sound sound = notes(20);
  // The level of a note to the power of one half: 2 dB become 1.
  Sound compressed = sound;
  for (std::size_t i = 0; i < compressed.size(); ++i) {
    const double loudness = std::pow(
        10.0, -static_cast<double>(static_cast<int>(2.0 * static_cast<double>(i) / rate_hz) % 4) / 3);
    compressed[i].mid *= static_cast<float>(1 / std::sqrt(loudness));
    compressed[i].side *= static_cast<float>(1 / std::sqrt(loudness));
  }
  const double slope = heard_of(sound, compressed).level_slope;
  EXPECT_LT(slope, -0.2);
  EXPECT_EQ(heard_of(compressed, sound).level_slope, -slope);
}

TEST(DynamicsTally, ASilentChannelIsNoRange) {
  const Sound sound = notes(20);
  Sound left_alone = sound;
  for (MidSide& sample : left_alone) sample.mid = sample.side = (sample.mid + sample.side) / 2;
  const Heard heard = heard_of(sound, left_alone);
  EXPECT_NEAR(heard.range_db, 0, 0.01);
  EXPECT_NEAR(heard.level_slope, 0, 0.01);
}

TEST(DynamicsTally, WhatIsAddedAtATimeMakesNoDifference) {
  const Sound sound = notes(10), cut = changed(sound, [](float x) { return std::min(x, 0.3F); });
  const Heard heard = heard_of(sound, cut);
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{799}, sound.size()})
    EXPECT_EQ(heard_of(sound, cut, chunk), heard) << chunk;
}

TEST(DynamicsTally, TooLittleSoundSaysNothing) {
  const Sound sound = notes(1.9), cut = changed(sound, [](float x) { return std::clamp(x, -0.2F, 0.2F); });
  EXPECT_EQ(heard_of(sound, cut), Heard{});
  const Sound silence(20 * rate_hz);
  EXPECT_EQ(heard_of(silence, silence), Heard{});
  EXPECT_EQ(heard_of({}, {}), Heard{});
}

TEST(DynamicsTally, MusicOfOneLevelHasNoSlope) {
  Sound tone;
  for (std::size_t i = 0; i < 10 * rate_hz; ++i)
    tone.push_back({0.5F * std::sin(static_cast<float>(i) * 0.3F), 0});
  EXPECT_EQ(heard_of(tone, changed(tone, [](float x) { return x * x * x; })).level_slope, 0);
}

// Opus removes an offset and what swings below some hertz. Nobody hears it, but peaks stand on it.
TEST(DynamicsTally, WhatIsTooLowToBeHeardDoesNotCount) {
  const Sound sound = notes(20);
  for (const double hz : {0.0, 1.0, 4.0}) {
    Sound swinging = sound;
    for (std::size_t i = 0; i < swinging.size(); ++i)
      swinging[i].mid +=
          0.15F * static_cast<float>(std::cos(2 * std::numbers::pi * hz * static_cast<double>(i) / rate_hz));
    const Heard heard = heard_of(swinging, sound);
    EXPECT_NEAR(heard.range_db, 0, 0.3) << hz << " Hz";
    EXPECT_NEAR(heard.level_slope, 0, 0.03) << hz << " Hz";
  }
}

TEST(DynamicsTally, SilenceAroundTheMusicDoesNotCount) {
  Sound sound = notes(10), cut = changed(sound, [](float x) { return std::clamp(x, -0.2F, 0.2F); });
  const double range_db = heard_of(sound, cut).range_db;
  for (Sound* each : {&sound, &cut}) each->resize(each->size() + 40 * rate_hz);
  EXPECT_NEAR(heard_of(sound, cut).range_db, range_db, 0.5);
}

}  // namespace
}  // namespace echofold::listen_dynamics_tally_test
