// Holes in one of two copies, and what looks like one.
#include "engine/dedupe/levels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/engine/dedupe/crafted_tracks.h"

namespace echofold::dedupe_levels_test {
namespace {

using namespace test;
using Powers = std::vector<double>;

/// The power of each hundredth of a second of something like music: notes that begin suddenly and fade away.
Powers music(double seconds, unsigned seed = 1) {
  std::mt19937 random(seed);
  Powers powers;
  double level = -20, loud = -20;
  for (int i = 0; i < seconds * 100; ++i) {
    if (random() % 25 == 0) level = loud - static_cast<double>(random() % 12);
    if (random() % 800 == 0) loud = -14 - static_cast<double>(random() % 16);
    level -= 0.2;
    powers.push_back(std::pow(10.0, level / 10));
  }
  return powers;
}

Powers louder(Powers powers, double db, double from_s = 0, double to_s = 1e9) {
  for (std::size_t i = 0; i < powers.size(); ++i)
    if (static_cast<double>(i) >= from_s * 100 && static_cast<double>(i) < to_s * 100)
      powers[i] *= std::pow(10.0, db / 10);
  return powers;
}

Powers without(Powers powers, double from_s, double to_s) {
  return louder(std::move(powers), -1e6, from_s, to_s);
}

Powers cut(const Powers& powers, double head_s) {
  return {powers.begin() + static_cast<std::ptrdiff_t>(head_s * 100), powers.end()};
}

/// @param noise_db  how much an encoder changes each window, at most
std::vector<std::uint8_t> curve(const Powers& powers, double noise_db = 0) {
  std::mt19937 random(99);
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i + 50 <= powers.size(); i += 50) {
    double sum = 0;
    for (std::size_t j = i; j < i + 50; ++j) sum += powers[j];
    const double noise = noise_db * (static_cast<double>(random() % 201) / 100 - 1);
    const double db = 10 * std::log10(sum / 50) + noise;
    out.push_back(sum == 0 ? level_silent
                           : static_cast<std::uint8_t>(std::lround(std::min(254.0, std::max(0.0, -2 * db)))));
  }
  return out;
}

/// The holes of b against music(seconds), as text.
std::string holes(const Powers& b, double seconds = 90, double offset_s = 0, double noise_db = 0.5) {
  const LevelDifference found = compare_levels(curve(music(seconds)), curve(b, noise_db), offset_s);
  EXPECT_FALSE(found.in_a.found()) << dropout_text(found.in_a) << " by " << found.in_a.depth_db
                                   << " dB, b at " << offset_s;
  return found.in_b.found() ? dropout_text(found.in_b) : "";
}

TEST(Levels, ADropIsFoundWhereverItIs) {
  const Powers whole = music(90);
  EXPECT_EQ(holes(louder(whole, -20, 30, 50)), "is 20 dB quieter for 20 s at 0:30");
  EXPECT_EQ(holes(louder(whole, -90, 12, 32)).substr(0, 9), "is silent");
  EXPECT_EQ(holes(without(whole, 60, 90)), "is silent for 30 s at 1:00");
  EXPECT_EQ(holes(without(whole, 0, 10)), "is silent for 10 s at 0:00");
  EXPECT_EQ(holes(louder(whole, -12, 40, 43)), "is 12 dB quieter for 3 s at 0:40");
  EXPECT_EQ(holes(louder(whole, -40, 5, 85)).substr(0, 8), "drops to") << "most of it";
}

/// In how many of 75 positions relative to the windows of two copies a mute of this length is found.
int phases_seen(double mute_s) {
  int seen = 0;
  for (int i = 0; i < 15; ++i)
    for (const double head : {0.0, 0.11, 0.25, 0.4, 1.73}) {
      const double from = 20 + i * 0.07;
      seen += holes(cut(without(music(90), from, from + mute_s), head), 90, head).empty() ? 0 : 1;
    }
  return seen;
}

// A hole of more than a tenth of the overlap must not be taken for what encoders and compressors do everywhere.
TEST(Levels, AMildDropOrALongFadeDoesNotHideItself) {
  const Powers whole = music(90);
  EXPECT_EQ(holes(louder(whole, -8, 30, 50)), "is 8 dB quieter for 20 s at 0:30");
  EXPECT_EQ(holes(louder(whole, -10, 62, 88)), "is 10 dB quieter for 26 s at 1:02");
  Powers faded = whole;
  for (std::size_t i = 6600; i < faded.size(); ++i)  // to -40 dB in 24 s
    faded[i] *= std::pow(10.0, -4.0 * static_cast<double>(i - 6600) / 2400);
  EXPECT_NE(holes(faded), "");
}

TEST(Levels, AMuteIsSeenWhereverItLies) {
  EXPECT_EQ(phases_seen(3), 75);
  EXPECT_EQ(phases_seen(1.5), 75);
  EXPECT_GE(phases_seen(1.1), 70);
}

TEST(Levels, ShortMutesAreCounted) {
  Powers words = music(90);
  for (const double at : {10.0, 31.0, 52.0, 73.0}) words = without(std::move(words), at, at + 0.5);
  EXPECT_EQ(holes(words), "is silent for 0.5 s at 0:10 and at 3 other places");
  EXPECT_NE(holes(without(music(90), 40.05, 40.45)), "") << "four tenths within a window";
}

TEST(Levels, TheHoleIsFoundInTheCopyThatHasIt) {
  const auto a = curve(without(music(60), 20, 25)), b = curve(music(60));
  const LevelDifference found = compare_levels(a, b, 0);
  EXPECT_EQ(dropout_text(found.in_a), "is silent for 5 s at 0:20");
  EXPECT_FALSE(found.in_b.found());
  EXPECT_EQ(compare_levels(b, a, 0).in_b.length_s, 5);
}

TEST(Levels, TimesAreThoseOfTheCopyWithTheHole) {
  EXPECT_EQ(holes(cut(without(music(90), 40, 45), 10), 90, 10), "is silent for 5 s at 0:30");
}

TEST(Levels, GainAndNoiseAndShiftsAreNoHoles) {
  const Powers whole = music(90);
  EXPECT_EQ(holes(whole), "");
  for (const double db : {-25.0, -9.0, 12.0}) EXPECT_EQ(holes(louder(whole, db)), "") << db;
  for (double head = 0; head < 3; head += 0.13) EXPECT_EQ(holes(cut(whole, head), 90, head, 1.0), "") << head;
  EXPECT_EQ(holes(whole, 90, 0.01, 1.0), "") << "an offset that is a little off";
}

TEST(Levels, CompressionIsNoHole) {
  Powers pressed = music(90);
  for (double& power : pressed) power = std::pow(power, 0.5) * 0.1;  // 2:1
  EXPECT_EQ(holes(pressed), "");
}

TEST(Levels, WhatIsBarelyHeardIsNoHole) {
  const Powers quiet = louder(music(90), -75, 30, 40), gated = without(music(90), 30, 40);
  const LevelDifference found = compare_levels(curve(quiet), curve(gated), 0);
  EXPECT_FALSE(found.in_b.found()) << "an encoder makes silence of faint noise";
}

TEST(Levels, TrimmedEndsAreNoHoles) {
  EXPECT_EQ(holes(without(music(90), 0, 0.9)), "");
  EXPECT_EQ(holes(without(music(90), 89.2, 90)), "");
}

TEST(Levels, AFadeIsToldFromADrop) {
  Powers faded = music(90);
  for (std::size_t i = 8'000; i < faded.size(); ++i)
    faded[i] *= std::pow(10.0, -0.004 * static_cast<double>(i - 8'000));  // 40 dB in 10 s
  const LevelDifference found = compare_levels(curve(music(90)), curve(faded), 0);
  ASSERT_TRUE(found.in_b.found());
  EXPECT_TRUE(found.in_b.fade);
  EXPECT_FALSE(is_damage(found.in_b));
  EXPECT_FALSE(compare_levels(curve(music(90)), curve(without(music(90), 80, 90)), 0).in_b.fade);
}

TEST(Levels, NothingIsFoundWithoutCurves) {
  const auto a = curve(music(60));
  for (const auto& b : {std::vector<std::uint8_t>{}, curve(music(3))}) {
    EXPECT_FALSE(compare_levels(a, b, 0).in_a.found());
    EXPECT_FALSE(compare_levels(b, a, 0).in_b.found());
  }
  for (const double offset_s : {1e9, -1e9, 59.0, -59.0, std::nan("")})
    EXPECT_FALSE(compare_levels(a, a, offset_s).in_a.found()) << offset_s;
}

TEST(Levels, WhatIsAskedIsAboutTheLoser) {
  TrackRecord whole = flac("/m/a"), holed = whole, faded = whole;
  whole.quality.level_curve = curve(music(90));
  holed.quality.level_curve = curve(louder(music(90), -40, 72, 85));
  EXPECT_EQ(level_doubts(whole, holed, 0).size(), 1u);
  EXPECT_EQ(level_doubts(whole, holed, 0).front().substr(0, 9), "it drops ");
  EXPECT_EQ(level_doubts(holed, whole, 0).front().substr(0, 16), "the other drops ");
  Powers fading = music(90);
  for (std::size_t i = 8'000; i < fading.size(); ++i)
    fading[i] *= std::pow(10.0, -0.004 * static_cast<double>(i - 8'000));
  faded.quality.level_curve = curve(fading);
  EXPECT_TRUE(level_doubts(whole, faded, 0).empty()) << "nothing is lost with it";
  EXPECT_EQ(level_doubts(faded, whole, 0).size(), 1u);
}

TEST(Levels, WhichMomentsAHoleCovers) {
  TrackRecord whole = flac("/m/a"), holed = whole;
  whole.quality.level_curve = curve(music(90));
  holed.quality.level_curve = curve(cut(louder(music(90), -40, 72, 85), 10));
  for (const double keeper_s : {71.5, 72.0, 80.0, 85.5})
    EXPECT_TRUE(hole_at(whole, holed, 10, keeper_s).found()) << keeper_s;
  for (const double keeper_s : {0.0, 62.0, 70.0, 88.0})
    EXPECT_FALSE(hole_at(whole, holed, 10, keeper_s).found()) << keeper_s;
  EXPECT_TRUE(hole_at(holed, whole, -10, 65).found()) << "the hole of the keeper";
  EXPECT_FALSE(hole_at(holed, whole, -10, 80).found());
  EXPECT_FALSE(hole_at(whole, whole, 0, 80).found());
}

TEST(Levels, AFaintCopyIsNotKeptUnasked) {
  TrackRecord loud = flac("/m/a"), faint = loud, softer = loud;
  loud.quality.level_curve = curve(music(90));
  faint.quality.level_curve = curve(louder(music(90), -30, 0, 90));
  softer.quality.level_curve = curve(louder(music(90), -20, 0, 90));
  EXPECT_EQ(level_doubts(faint, loud, 0), std::vector<std::string>{"the other is 30 dB quieter throughout"});
  EXPECT_TRUE(level_doubts(loud, faint, 0).empty()) << "the loud one stays";
  EXPECT_TRUE(level_doubts(softer, loud, 0).empty());
}

}  // namespace
}  // namespace echofold::dedupe_levels_test
