// Fades in levels that are made up: one value a frame.
#include "engine/listen/fades.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace echofold::listen_fades_test {
namespace {

constexpr double frames_per_s = 40;
constexpr double length_s = 60;

/// Music at -20 dB that moves by 6 dB. @param change_db  of b, at this time
Differences levels(const std::function<double(double)>& change_db, double gain_db = 0) {
  Differences differences;
  for (int i = 0; i < static_cast<int>(length_s * frames_per_s); ++i) {
    const double t = i / frames_per_s, a = -20 + 3 * std::sin(7 * t);
    differences.power_a_db.push_back(static_cast<float>(a));
    differences.power_b_db.push_back(static_cast<float>(std::max(-120.0, a + gain_db + change_db(t))));
  }
  differences.loud_db = -17;
  return differences;
}

double decibels(double gain) { return 20 * std::log10(std::max(gain, 1e-6)); }

Differences exchanged(Differences differences) {
  std::swap(differences.power_a_db, differences.power_b_db);
  return differences;
}

double seconds(const Fade& fade) { return static_cast<double>(fade.frames) / frames_per_s; }

TEST(Fades, AreFoundAtBothEndsAndInBothRecordings) {
  for (const double fade_s : {1.0, 4.0, 12.0})
    for (const double gain_db : {-9.0, 0.0, 6.0}) {
      const Differences in = levels([&](double t) { return decibels(std::min(1.0, t / fade_s)); }, gain_db);
      const Differences out =
          levels([&](double t) { return decibels(std::min(1.0, (length_s - t) / fade_s)); }, gain_db);
      // the last decibel takes a ninth of a linear fade
      EXPECT_NEAR(seconds(fade_in(in, frames_per_s)), fade_s, 0.25 + fade_s / 7) << fade_s << ' ' << gain_db;
      EXPECT_NEAR(seconds(fade_out(out, frames_per_s)), fade_s, 0.25 + fade_s / 7)
          << fade_s << ' ' << gain_db;
      EXPECT_TRUE(fade_in(in, frames_per_s).of_b);
      EXPECT_FALSE(fade_in(exchanged(in), frames_per_s).of_b);
      EXPECT_EQ(fade_in(exchanged(in), frames_per_s).frames, fade_in(in, frames_per_s).frames);
      EXPECT_EQ(fade_out(in, frames_per_s).frames, 0U);
      EXPECT_EQ(fade_in(out, frames_per_s).frames, 0U);
    }
}

TEST(Fades, ACopyAtAnyLevelHasNone) {
  for (const double gain_db : {-12.0, 0.0, 3.0}) {
    const Differences copy = levels([](double) { return 0; }, gain_db);
    EXPECT_EQ(fade_in(copy, frames_per_s).frames, 0U);
    EXPECT_EQ(fade_out(copy, frames_per_s).frames, 0U);
  }
}

// A word that is muted at an end, an ending that is cut off, and a passage that is softer are no fades: they are told
// as what they are.
TEST(Fades, SilenceAndAStepAreNone) {
  for (const double drop_db : {-100.0, -40.0, -12.0})
    for (const double drop_s : {0.4, 2.0, 10.0}) {
      const Differences begin = levels([&](double t) { return t < drop_s ? drop_db : 0; });
      const Differences end = levels([&](double t) { return t > length_s - drop_s ? drop_db : 0; });
      EXPECT_EQ(fade_in(begin, frames_per_s).frames, 0U) << drop_db << ' ' << drop_s;
      EXPECT_EQ(fade_out(end, frames_per_s).frames, 0U) << drop_db << ' ' << drop_s;
    }
}

TEST(Fades, OnlyWhatGrowsTowardsTheEndIsOne) {
  // softer in the middle of the first ten seconds
  const Differences dip = levels([](double t) { return t < 10 ? -12 * std::sin(t / 10 * 3.14159) - 7 : 0; });
  EXPECT_EQ(fade_in(dip, frames_per_s).frames, 0U);
  // the whole recording gets louder
  const Differences slope = levels([](double t) { return t / 3; });
  EXPECT_EQ(fade_in(slope, frames_per_s).frames, 0U);
}

TEST(Fades, FewFramesHaveNone) {
  Differences few;
  EXPECT_EQ(fade_in(few, frames_per_s).frames, 0U);
  few.power_a_db = {-20, -20};
  few.power_b_db = {-90, -20};
  few.loud_db = -20;
  EXPECT_EQ(fade_in(few, frames_per_s).frames, 0U);
  EXPECT_EQ(fade_out(few, frames_per_s).frames, 0U);
}

}  // namespace
}  // namespace echofold::listen_fades_test
