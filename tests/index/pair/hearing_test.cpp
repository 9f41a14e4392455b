// Judgements of what was heard: each reason alone, what is exactly at a threshold, and which reason comes first.
#include "index/pair/hearing.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/support/sample_evidence.h"

namespace echofold::pair_hearing_test {
namespace {

using test::evidence_of_a_copy;

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
  heard.range_db = -0.4;
  heard.level_slope = -0.02;
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

/// What is heard of a FLAC beside the lossy file that it was decoded from.
Heard decode() {
  Heard heard = good();
  heard.equal_s = 200;
  heard.rounded_s = 5;
  heard.equal_kbps = 0;
  heard.bursts.clear();
  return heard;
}

bool is_proved(double kbps, const std::function<void(Heard&)>& change) {
  Heard heard = decode();
  change(heard);
  EXPECT_EQ(is_proved_decode(exchanged(heard), kbps), is_proved_decode(heard, kbps));
  return is_proved_decode(heard, kbps);
}

TEST(HearingTest, EqualSamplesProveADecodedCopyIfTheyAreRoundedOrNeedTooManyBits) {
  EXPECT_TRUE(is_proved_decode(decode(), 320));
  EXPECT_TRUE(is_proved_decode(decode(), 0)) << "rounding needs no bit rate";
  EXPECT_FALSE(is_proved(320, [](Heard& heard) { heard.rounded_s = 4.9; }));
  const auto needs = [](double kbps) {
    return [kbps](Heard& heard) {
      heard.rounded_s = 0;
      heard.equal_kbps = kbps;
    };
  };
  EXPECT_TRUE(is_proved(320, needs(240)));
  EXPECT_FALSE(is_proved(320, needs(239)));
  EXPECT_FALSE(is_proved(0, needs(900))) << "its bit rate is not known";
}

TEST(HearingTest, WithoutEqualSamplesNothingIsProved) {
  EXPECT_TRUE(is_proved(320, [](Heard& heard) { heard.equal_s = 190; }));
  EXPECT_FALSE(is_proved(320, [](Heard& heard) { heard.equal_s = 189; }));
  EXPECT_FALSE(is_proved(320, [](Heard& heard) { heard.compared_s = heard.equal_s = 9.9; }));
  EXPECT_FALSE(is_proved(320, [](Heard& heard) {
    heard.bursts = {{5, 0.1, 1.01, BurstKind::other, false}};
  }));
  EXPECT_FALSE(is_proved(320, [](Heard& heard) { heard.lined_up = false; }));
  EXPECT_FALSE(is_proved_decode(good(), 320));
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

TEST(HearingTest, AnotherRangeIsAnotherMastering) {
  for (const double sign : {-1.0, 1.0}) {
    EXPECT_EQ(judged([&](Heard& heard) { heard.range_db = sign * 1.25; }), same);
    EXPECT_EQ(judged([&](Heard& heard) { heard.range_db = sign * 1.3; }), remaster("range"));
    EXPECT_EQ(judged([&](Heard& heard) { heard.level_slope = sign * 0.2; }), same);
    EXPECT_EQ(judged([&](Heard& heard) { heard.level_slope = sign * 0.21; }), remaster("range"));
  }
}

TEST(HearingTest, BassAndTrebleAreAnotherMastering) {
  for (const double sign : {-1.0, 1.0}) {
    EXPECT_EQ(judged([&](Heard& heard) { heard.bass_db = sign * 2; }), same);
    EXPECT_EQ(judged([&](Heard& heard) { heard.bass_db = sign * 2.1; }), remaster("equaliser"));
    EXPECT_EQ(judged([&](Heard& heard) { heard.treble_db = sign * 9; }), same)
        << "the codec of b ends earlier";
    EXPECT_EQ(judged([&](Heard& heard) {
                heard.treble_db = sign * 2.6;
                heard.limit_b_hz = heard.limit_a_hz;
              }),
              remaster("equaliser"));
  }
}

// A codec that keeps little of the treble fills it with noise.
TEST(HearingTest, TrebleThatACodecMakesUpIsNoEqualiser) {
  const auto with_treble = [](double treble_db, double residual) {
    return judged([&](Heard& heard) {
      heard.treble_db = treble_db;
      heard.treble_residual = residual;
      heard.limit_b_hz = heard.limit_a_hz;
    });
  };
  for (const double sign : {-1.0, 1.0}) {
    EXPECT_EQ(with_treble(sign * 2.6, 0.1), remaster("equaliser"));
    EXPECT_EQ(with_treble(sign * 3, 0.2), same);
    EXPECT_EQ(with_treble(sign * 3.2, 0.2), remaster("equaliser"));
    EXPECT_EQ(with_treble(sign * 4.2, 0.4), same);
    EXPECT_EQ(with_treble(sign * 16, 0.4), remaster("equaliser"));
  }
}

TEST(HearingTest, AnotherFadeIsAnotherMastering) {
  for (const double seconds : {-4.0, 0.5}) {
    EXPECT_EQ(judged([&](Heard& heard) { heard.fade_in_s = seconds; }), remaster("fade"));
    EXPECT_EQ(judged([&](Heard& heard) { heard.fade_out_s = seconds; }), remaster("fade"));
  }
}

TEST(HearingTest, AnotherWidthIsAnotherMastering) {
  for (const double sign : {-1.0, 1.0}) {
    EXPECT_EQ(judged([&](Heard& heard) { heard.width_db = sign * 3; }), same);
    EXPECT_EQ(judged([&](Heard& heard) { heard.width_db = sign * 3.1; }), remaster("width"));
  }
}

// Compressors and equalisers change levels more than codecs do.
TEST(HearingTest, BurstsOfAnotherMasteringMayBeStronger) {
  const auto with_burst = [](double strength, double range_db, double equaliser_db) {
    return judged([&](Heard& heard) {
      heard.bursts.front().strength = strength;
      heard.range_db = range_db;
      heard.equaliser_db = equaliser_db;
    });
  };
  EXPECT_EQ(with_burst(2.2, -4, 0), remaster("range"));
  EXPECT_EQ(with_burst(2.2, 0, 4), remaster("equaliser"));
  EXPECT_EQ(with_burst(2.21, -4, 4), differs("burst"));
  EXPECT_EQ(with_burst(1.01, -1.25, 2.5), differs("burst"));
}

// Everything is wrong at first; then one thing after the other is right.
TEST(HearingTest, TheFirstReasonCounts) {
  Heard heard = good();
  heard.lined_up = false;
  heard.compared_s = 1;
  heard.residual = 0.5;
  heard.channels = HeardChannels::differ;
  heard.bursts.front().strength = 3;
  heard.fade_out_s = 4;
  heard.gain_drop_db = 5;
  heard.range_db = -6;
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
      {remaster("fade"), [&] { heard.fade_out_s = 0; }},
      {remaster("gain"), [&] { heard.gain_drop_db = 0; }},
      {remaster("range"), [&] { heard.range_db = 0; }},
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
                                 .mastered_burst_strength = 0.7,
                                 .max_residual = 0.01,
                                 .max_treble_residual = 0.1,
                                 .max_treble_difference_db = 0.1,
                                 .max_equaliser_db = 0.2,
                                 .max_gain_change_db = 0.3,
                                 .max_range_db = 0.3,
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
  EXPECT_EQ(judge(heard, strict), remaster("range"));
  heard.range_db = 0;
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

/// What listening makes of the fingerprints' judgement.
Judgement with_ear(const Evidence& evidence, const Heard& heard, const Thresholds& thresholds = {}) {
  return with_hearing(judge(evidence, thresholds), evidence, heard, thresholds);
}

Judgement review(std::string_view guard) { return {Relation::same_recording, Band::review, guard}; }
const Judgement automatic{Relation::same_recording, Band::automatic, ""};

Heard heard_with(const std::function<void(Heard&)>& change) {
  Heard heard = good();
  change(heard);
  return heard;
}

TEST(WithHearing, WhatAListenerWouldTellApartIsAskedAbout) {
  EXPECT_EQ(with_ear(evidence_of_a_copy(), good()), automatic);
  const auto burst = heard_with([](Heard& heard) { heard.bursts[0].strength = 1.01; });
  EXPECT_EQ(with_ear(evidence_of_a_copy(), burst), review("heard"));
  const auto lost = heard_with([](Heard& heard) { heard.lined_up = false; });
  EXPECT_EQ(with_ear(evidence_of_a_copy(), lost), review("heard"));
  Evidence doubtful = evidence_of_a_copy();
  doubtful.corrected_ber = 0.03;
  EXPECT_EQ(with_ear(doubtful, burst), review("similarity")) << "the doubt that was there first is named";
}

TEST(WithHearing, AnotherMasteringIsARelationOfItsOwn) {
  const auto mono = heard_with([](Heard& heard) { heard.channels = HeardChannels::b_is_mono; });
  EXPECT_EQ(with_ear(evidence_of_a_copy(), mono), (Judgement{Relation::remaster, Band::review, "heard"}));
}

TEST(WithHearing, EditsAreNotJudgedAnew) {
  const Judgement edit{Relation::edit, Band::related, "coverage"};
  const auto equaliser = heard_with([](Heard& heard) { heard.equaliser_db = 6; });
  EXPECT_EQ(with_hearing(edit, evidence_of_a_copy(), good(), {}), edit);
  EXPECT_EQ(with_hearing(edit, evidence_of_a_copy(), equaliser, {}), edit);
}

TEST(WithHearing, AVersionOfWhichOnlyTheMasteringDiffersIsARemaster) {
  const Judgement version{Relation::version, Band::related, "similarity"};
  const Judgement another_master{Relation::remaster, Band::review, "heard"};
  Evidence evidence = evidence_of_a_copy();
  evidence.corrected_ber = 0.08;
  const auto of = [&](const Heard& heard) { return with_hearing(version, evidence, heard, {}); };
  EXPECT_EQ(of(heard_with([](Heard& heard) { heard.equaliser_db = 6; })), another_master);
  EXPECT_EQ(of(heard_with([](Heard& heard) { heard.range_db = -6; })), another_master);
  EXPECT_EQ(of(good()), version) << "the ear may miss a soft voice";
  const auto voice = heard_with([](Heard& heard) {
    heard.range_db = -6;
    heard.bursts.front().strength = 1.01;
  });
  EXPECT_EQ(of(voice), version) << "a voice over quiet music looks like a compressor";
  evidence.corrected_ber = 0.121;
  EXPECT_FALSE(is_worth_hearing(version, evidence));
  EXPECT_EQ(of(heard_with([](Heard& heard) { heard.equaliser_db = 6; })), version);
}

TEST(WithHearing, EachDoubtAboutTheSoundIsSettled) {
  const std::pair<std::string_view, std::function<void(Evidence&)>> doubts[] = {
      {"similarity", [](Evidence& e) { e.corrected_ber = 0.03; }},
      {"window", [](Evidence& e) { e.strip[7] = 46; }},
      {"short", [](Evidence& e) { e.short_ber = 0.1; }},
      {"unknown", [](Evidence& e) { e.unknown_items = 100; }},
      {"unmeasured", [](Evidence& e) { e.short_ber = Evidence::not_measured; }},
  };
  for (const auto& [guard, change] : doubts) {
    Evidence e = evidence_of_a_copy();
    change(e);
    ASSERT_EQ(judge(e), review(guard));
    EXPECT_EQ(with_ear(e, good()), automatic) << guard;
  }
}

TEST(WithHearing, OtherDoubtsStayAlsoBehindADoubtAboutTheSound) {
  const std::pair<std::string_view, std::function<void(Evidence&)>> doubts[] = {
      {"contrast", [](Evidence& e) { e.contrast = 0.01; }},
      {"segments",
       [](Evidence& e) {
         e.segments = {{300, 1000, 200}};
       }},
      {"coverage", [](Evidence& e) { e.coverage_longer = 0.9, e.unmatched_tail_s = 8; }},
  };
  for (const auto& [guard, change] : doubts) {
    Evidence e = evidence_of_a_copy();
    change(e);
    ASSERT_EQ(judge(e), review(guard));
    EXPECT_EQ(with_ear(e, good()), review(guard));
    e.short_ber = Evidence::not_measured;
    ASSERT_EQ(judge(e), review("unmeasured"));
    EXPECT_EQ(with_ear(e, good()), review(guard));
  }
}

TEST(WithHearing, WhoAsksForMoreSimilarityIsAskedBelowIt) {
  Evidence e = evidence_of_a_copy();
  e.corrected_ber = 0.015;
  Thresholds strict;
  strict.auto_similarity = 0.99;
  EXPECT_EQ(with_ear(e, good(), strict), review("similarity"));
  e.corrected_ber = 0.03;
  EXPECT_EQ(with_ear(e, good()), automatic);
}

TEST(WithHearing, ACopyAtAnotherSpeedStaysForReviewUnlessItIsAnotherPerformance) {
  Evidence faster = evidence_of_a_copy();
  faster.speed = 1.02;
  const Judgement review{Relation::same_recording, Band::review, guard_of_speed};
  const Judgement listed{Relation::version, Band::related, guard_of_speed};
  ASSERT_EQ(judge(faster), review);
  const auto heard_as = [&](const std::function<void(Heard&)>& change) {
    Heard heard = good();
    change(heard);
    return with_hearing(review, faster, heard, {});
  };
  EXPECT_EQ(heard_as([](Heard&) {}), review);
  EXPECT_EQ(heard_as([](Heard& heard) { heard.bursts[0].strength = 9; }), review);
  EXPECT_EQ(heard_as([](Heard& heard) { heard.channels = HeardChannels::b_is_mono; }), review);
  EXPECT_EQ(heard_as([](Heard& heard) { heard.compared_s = 1; }), review);
  EXPECT_EQ(heard_as([](Heard& heard) { heard.lined_up = false; }), listed);
  EXPECT_EQ(heard_as([](Heard& heard) { heard.residual = 0.6; }), listed);
}

}  // namespace
}  // namespace echofold::pair_hearing_test
