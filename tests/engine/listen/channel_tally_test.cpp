// How the channels of two recordings are related, by the powers of mid and side.
#include "engine/listen/channel_tally.h"

#include <gtest/gtest.h>

namespace echofold::listen_channel_tally_test {
namespace {

struct Sides {
  float a = 0, b = 0, cross = 0;
};

constexpr double of_a_copy = 0.1, of_other_sound = 0.9;  // residuals

/// @param side  powers and cross product of the side channel, where mid has 1
HeardChannels channels_of(const Sides& side, double residual = of_a_copy, float polarity = 1) {
  CellTable table{1, {{1, 1, {polarity, 0}}, {side.a, side.b, {side.cross, 0}}}};
  ChannelTally tally;
  tally.add(table);
  tally.add(table);
  return tally.channels(residual);
}

TEST(ChannelTally, ACopyHasTheSameChannels) {
  EXPECT_EQ(channels_of({0.1F, 0.1F, 0.1F}), HeardChannels::same);
  EXPECT_EQ(channels_of({0.1F, 0.05F, 0.06F}), HeardChannels::same) << "a little narrower";
}

TEST(ChannelTally, TwoMonoRecordingsHaveTheSameChannels) {
  EXPECT_EQ(channels_of({0, 0, 0}, of_other_sound), HeardChannels::same);
  EXPECT_EQ(channels_of({0, 1e-5F, 0}, of_other_sound), HeardChannels::same) << "what a codec leaves";
  EXPECT_EQ(channels_of({5e-4F, 0, 0}, of_other_sound), HeardChannels::same) << "nearly mono";
}

TEST(ChannelTally, TheWidthIsThatOfBOverA) {
  const auto width = [](float side_a, float side_b) {
    CellTable table{1, {{1, 1, {1, 0}}, {side_a, side_b, {0, 0}}}};
    ChannelTally tally;
    tally.add(table);
    return tally.width_db();
  };
  EXPECT_NEAR(width(0.1F, 0.4F), 6.02, 0.01);
  EXPECT_NEAR(width(0.4F, 0.1F), -6.02, 0.01);
  EXPECT_EQ(width(0.1F, 0.1F), 0);
  EXPECT_EQ(width(0.1F, 1e-5F), 0) << "mono has no width";
  EXPECT_EQ(width(0.1F, 1), 0) << "one channel is silent";
  EXPECT_EQ(width(0.012F, 0.006F), 0) << "a codec of a low rate does that to narrow stereo";
}

TEST(ChannelTally, OneOfTwoIsMono) {
  EXPECT_EQ(channels_of({0, 0.1F, 0}), HeardChannels::a_is_mono);
  EXPECT_EQ(channels_of({0.1F, 0, 0}), HeardChannels::b_is_mono);
  EXPECT_EQ(channels_of({0.1F, 1e-5F, 0}), HeardChannels::b_is_mono);
  EXPECT_EQ(channels_of({0.1F, 0.002F, 0.014F}), HeardChannels::b_is_mono) << "17 dB narrower";
}

TEST(ChannelTally, SwappedChannelsInvertTheSide) {
  EXPECT_EQ(channels_of({0.1F, 0.1F, -0.1F}), HeardChannels::swapped);
  EXPECT_EQ(channels_of({0.1F, 0.1F, -0.09F}, of_other_sound), HeardChannels::swapped);
}

TEST(ChannelTally, BothChannelsInvertedAreNotSwapped) {
  EXPECT_EQ(channels_of({0.1F, 0.1F, -0.1F}, of_a_copy, -1), HeardChannels::same);
  EXPECT_EQ(channels_of({0.1F, 0.1F, 0.1F}, of_a_copy, -1), HeardChannels::swapped);
}

TEST(ChannelTally, OtherSoundInTheSideDiffers) {
  EXPECT_EQ(channels_of({0.1F, 0.1F, 0.01F}, of_other_sound), HeardChannels::differ);
  EXPECT_EQ(channels_of({0.01F, 0.1F, 0}, of_other_sound), HeardChannels::differ) << "only one has it";
  EXPECT_EQ(channels_of({0.012F, 0.006F, 0.002F}, of_other_sound), HeardChannels::same)
      << "what a codec of a low rate makes of narrow stereo";
}

TEST(ChannelTally, NothingIsTheSame) { EXPECT_EQ(ChannelTally().channels(0), HeardChannels::same); }

}  // namespace
}  // namespace echofold::listen_channel_tally_test
