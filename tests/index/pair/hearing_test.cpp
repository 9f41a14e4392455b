// Judgements of what was heard: each reason alone, what is exactly at a threshold, and which reason comes first.
#include "index/pair/hearing.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace echofold::pair_hearing_test {
namespace {

/// What is heard of a good copy in another codec.
Heard good() {
  Heard heard;
  heard.lined_up = true;
  heard.compared_s = 200;
  heard.rate_hz = 44'100;
  heard.residual = 0.02;
  heard.usual_strength = 0.2;
  heard.gain_db = -7;
  heard.gain_drop_db = heard.gain_rise_db = 0.4;
  heard.bass_db = heard.treble_db = 0.1;
  heard.equaliser_db = 0.3;
  heard.limit_a_hz = 20'000;
  heard.limit_b_hz = 16'000;
  heard.bursts = {{30, 0.2, 0.8, BurstKind::other, false}, {60, 0.2, 0.5, BurstKind::silent_in_a, true}};
  return heard;
}

HearingJudgement judged(const std::function<void(Heard&)>& change) {
  Heard heard = good();
  change(heard);
  return judge(heard);
}

HearingJudgement differs(std::string_view why) { return {Hearing::differs, why}; }
HearingJudgement remaster(std::string_view why) { return {Hearing::remaster, why}; }
HearingJudgement unclear(std::string_view why) { return {Hearing::unclear, why}; }
const HearingJudgement same{Hearing::same, ""};

TEST(HearingTest, AGoodCopyIsTheSame) {
  EXPECT_EQ(judge(good()), same);
  EXPECT_EQ(judge(exchanged(good())), same);
}

TEST(HearingTest, WithoutAnyBurstACopyIsTheSame) {
  EXPECT_EQ(judged([](Heard& heard) { heard.bursts.clear(); }), same);
}

TEST(HearingTest, LevelOffsetAndAnEarlierEndOfTheSpectrumMakeNoDifference) {
  EXPECT_EQ(judged([](Heard& heard) {
              heard.gain_db = 12;
              heard.offset_s = -3;
              heard.limit_b_hz = 4000;
            }),
            same);
}

TEST(HearingTest, WhatWasNotLinedUpOrIsTooShortIsUnclear) {
  EXPECT_EQ(judge(Heard{}), unclear("not_lined_up"));
  EXPECT_EQ(judged([](Heard& heard) { heard.lined_up = false; }), unclear("not_lined_up"));
  EXPECT_EQ(judged([](Heard& heard) { heard.compared_s = 1.9; }), unclear("short"));
  EXPECT_EQ(judged([](Heard& heard) { heard.compared_s = 2; }), same);
}

TEST(HearingTest, MoreThatIsNoPartOfTheOtherCopyDiffers) {
  EXPECT_EQ(judged([](Heard& heard) { heard.residual = 0.18; }), same);
  EXPECT_EQ(judged([](Heard& heard) { heard.residual = 0.19; }), differs("residual"));
}

TEST(HearingTest, ChannelsWithOtherSoundDiffer) {
  EXPECT_EQ(judged([](Heard& heard) { heard.channels = HeardChannels::differ; }), differs("channels"));
  EXPECT_EQ(judged([](Heard& heard) { heard.channels = HeardChannels::swapped; }), differs("swapped"));
}

TEST(HearingTest, OnlyTheStrongestBurstCounts) {
  EXPECT_EQ(judged([](Heard& heard) { heard.bursts.front().strength = 1; }), same);
  for (const BurstKind kind : {BurstKind::other, BurstKind::silent_in_a, BurstKind::silent_in_b})
    for (const bool in_side : {false, true})
      EXPECT_EQ(judged([&](Heard& heard) {
                  heard.bursts.front() = {5, 0.1, 1.01, kind, in_side};
                }),
                differs("burst"));
}

TEST(HearingTest, ACopyInMonoIsAnotherMastering) {
  EXPECT_EQ(judged([](Heard& heard) { heard.channels = HeardChannels::a_is_mono; }), remaster("mono"));
  EXPECT_EQ(judged([](Heard& heard) { heard.channels = HeardChannels::b_is_mono; }), remaster("mono"));
}

TEST(HearingTest, AChangingGainIsAnotherMastering) {
  EXPECT_EQ(judged([](Heard& heard) { heard.gain_drop_db = heard.gain_rise_db = 2.8; }), same);
  EXPECT_EQ(judged([](Heard& heard) { heard.gain_drop_db = 2.9; }), remaster("gain"));
  EXPECT_EQ(judged([](Heard& heard) { heard.gain_rise_db = 2.9; }), remaster("gain"));
}

TEST(HearingTest, AnotherEqualiserIsAnotherMastering) {
  EXPECT_EQ(judged([](Heard& heard) { heard.equaliser_db = 2.5; }), same);
  EXPECT_EQ(judged([](Heard& heard) { heard.equaliser_db = 2.6; }), remaster("equaliser"));
}

// Everything is wrong at first; then one thing after the other is right.
TEST(HearingTest, TheFirstReasonCounts) {
  Heard heard = good();
  heard.lined_up = false;
  heard.compared_s = 1;
  heard.residual = 0.5;
  heard.channels = HeardChannels::differ;
  heard.bursts.front().strength = 3;
  heard.gain_drop_db = 5;
  heard.equaliser_db = 9;
  struct Step {
    HearingJudgement expected;
    std::function<void()> mend;
  };
  const std::vector<Step> steps = {
      {unclear("not_lined_up"), [&] { heard.lined_up = true; }},
      {unclear("short"), [&] { heard.compared_s = 100; }},
      {differs("residual"), [&] { heard.residual = 0; }},
      {differs("channels"), [&] { heard.channels = HeardChannels::swapped; }},
      {differs("swapped"), [&] { heard.channels = HeardChannels::b_is_mono; }},
      {differs("burst"), [&] { heard.bursts.clear(); }},
      {remaster("mono"), [&] { heard.channels = HeardChannels::same; }},
      {remaster("gain"), [&] { heard.gain_drop_db = 0; }},
      {remaster("equaliser"), [&] { heard.equaliser_db = 0; }},
  };
  for (const Step& step : steps) {
    EXPECT_EQ(judge(heard), step.expected) << step.expected.reason;
    EXPECT_EQ(judge(exchanged(heard)), step.expected) << step.expected.reason << ", exchanged";
    step.mend();
  }
  EXPECT_EQ(judge(heard), same);
}

TEST(HearingTest, ThresholdsAreThoseThatAreGiven) {
  const HearingThresholds strict{.burst_strength = 0.7,
                                 .max_residual = 0.01,
                                 .max_treble_residual = 0.1,
                                 .max_treble_difference_db = 0.1,
                                 .max_equaliser_db = 0.2,
                                 .max_gain_change_db = 0.3,
                                 .least_compared_s = 201};
  Heard heard = good();
  EXPECT_EQ(judge(heard, strict), unclear("short"));
  heard.compared_s = 201;
  EXPECT_EQ(judge(heard, strict), differs("residual"));
  heard.residual = 0;
  heard.treble_residual = heard.treble_difference_db = 0.2;
  EXPECT_EQ(judge(heard, strict), differs("treble"));
  heard.treble_residual = 0;
  EXPECT_EQ(judge(heard, strict), differs("burst"));
  heard.bursts.clear();
  EXPECT_EQ(judge(heard, strict), remaster("gain"));
  heard.gain_drop_db = heard.gain_rise_db = 0;
  EXPECT_EQ(judge(heard, strict), remaster("equaliser"));
  heard.equaliser_db = 0;
  EXPECT_EQ(judge(heard, strict), same);
}

TEST(HearingTest, Names) {
  EXPECT_EQ(name_of(Hearing::same), "same");
  EXPECT_EQ(name_of(Hearing::remaster), "remaster");
  EXPECT_EQ(name_of(Hearing::differs), "differs");
  EXPECT_EQ(name_of(Hearing::unclear), "unclear");
}

}  // namespace
}  // namespace echofold::pair_hearing_test
