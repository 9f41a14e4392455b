// Cuts curves of known strength into bursts.
#include "engine/listen/bursts.h"

#include <gtest/gtest.h>

#include <cmath>

namespace echofold::listen_bursts_test {
namespace {

constexpr double frames_per_s = 10, loud_db = -10;

/// Both recordings are as loud in each frame.
Differences loud_for(std::size_t frames) {
  Differences differences;
  differences.loud_db = loud_db;
  differences.power_a_db.assign(frames, loud_db);
  differences.power_b_db.assign(frames, loud_db);
  differences.gain_db.assign(frames, 0);
  return differences;
}

std::vector<HeardBurst> bursts_of(std::vector<float> strength, const Differences& differences,
                                  double begin_s = 0) {
  StrengthCurve curve{std::move(strength), {}};
  curve.in_side.assign(curve.strength.size(), false);
  return strongest_bursts(curve, differences, begin_s, frames_per_s);
}

TEST(Bursts, ReachAsFarAsTheyAreHalfAsStrong) {
  const auto bursts = bursts_of({0, 0.9F, 1.1F, 2, 1.5F, 1, 0.9F, 0}, loud_for(8), 100);
  ASSERT_EQ(bursts.size(), 3u);
  EXPECT_DOUBLE_EQ(bursts[0].start_s, 100.2);
  EXPECT_DOUBLE_EQ(bursts[0].length_s, 0.4);
  EXPECT_EQ(bursts[0].strength, 2);
  for (const std::size_t beside : {1, 2}) EXPECT_DOUBLE_EQ(bursts[beside].length_s, 0.1) << "what is left";
}

TEST(Bursts, TheStrongestComesFirstAndWeakOnesAreLeftOut) {
  const auto bursts = bursts_of({0, 1, 0, 0.29F, 0, 3, 0, 0.4F, 0}, loud_for(9));
  ASSERT_EQ(bursts.size(), 3u);
  EXPECT_DOUBLE_EQ(bursts[0].start_s, 0.5);
  EXPECT_DOUBLE_EQ(bursts[1].start_s, 0.1);
  EXPECT_DOUBLE_EQ(bursts[2].start_s, 0.7);
}

TEST(Bursts, ThereAreAtMostEight) {
  std::vector<float> strength;
  for (int i = 0; i < 30; ++i) strength.insert(strength.end(), {0, 1 + static_cast<float>(i)});
  const auto bursts = bursts_of(strength, loud_for(60));
  ASSERT_EQ(bursts.size(), Heard::most_bursts);
  EXPECT_EQ(bursts.back().strength, 23);
}

TEST(Bursts, NoFramesHaveNone) { EXPECT_TRUE(bursts_of({}, loud_for(0)).empty()); }

TEST(Bursts, KnowWhichOfBothIsSilent) {
  const std::vector<float> strength{0, 2, 0};
  const auto kind = [&](double a_db, double b_db, double gain_db) {
    Differences differences = loud_for(3);
    differences.power_a_db[1] = static_cast<float>(a_db);
    differences.power_b_db[1] = static_cast<float>(b_db);
    differences.gain_db.assign(3, static_cast<float>(gain_db));
    return bursts_of(strength, differences).front().kind;
  };
  EXPECT_EQ(kind(-10, -12, 0), BurstKind::other);
  EXPECT_EQ(kind(-10, -80, 0), BurstKind::silent_in_b);
  EXPECT_EQ(kind(-80, -10, 0), BurstKind::silent_in_a);
  EXPECT_EQ(kind(-80, -80, 0), BurstKind::other);
  EXPECT_EQ(kind(-10, -60, -40), BurstKind::other) << "b is quieter throughout";
}

TEST(Bursts, TheSideCountsOnlyIfBothHaveOne) {
  const ListenBands bands(44'100);
  Differences differences = loud_for(3);
  for (std::size_t channel = 0; channel < listen_channels; ++channel) {
    differences.usual_residual[channel].assign(bands.count(), 0);
    for (DifferenceTrack& track : differences.tracks[channel]) track.residual = track.joint = {0, 0, 0};
  }
  // the limits of codecs without any usual residual, over all ranges
  const float of_mid = 9.9F * std::pow(0.003F, 0.35F), of_side = 12.3F * std::pow(0.003F, 0.35F);
  differences.tracks[0][3].joint = {0, of_mid, 0};
  differences.tracks[1][3].joint = {0, 0, 2 * of_side};
  const StrengthCurve both = strength_curve(differences, bands, true),
                      mid = strength_curve(differences, bands, false);
  EXPECT_EQ(both.strength, (std::vector<float>{0, 1, 2}));
  EXPECT_EQ(both.in_side, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(mid.strength, (std::vector<float>{0, 1, 0}));
}

}  // namespace
}  // namespace echofold::listen_bursts_test
