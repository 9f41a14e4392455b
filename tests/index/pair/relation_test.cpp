// Judgements: each guard alone, and real copies, edits and unrelated tracks.
#include "index/pair/relation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "index/pair/align.h"
#include "index/pair/measure.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/sample_evidence.h"
#include "tests/support/synthetic.h"

namespace echofold::pair_relation_test {
namespace {

using test::evidence_of_a_copy;
using test::real_items;

std::uint8_t strip_of(double ber) { return static_cast<std::uint8_t>(std::lround(ber * 508)); }

const Judgement automatic{Relation::same_recording, Band::automatic, ""};
Judgement review(std::string_view guard) { return {Relation::same_recording, Band::review, guard}; }
Judgement related(Relation relation, std::string_view guard) { return {relation, Band::related, guard}; }

TEST(Judge, AGoodCopyIsAuto) { EXPECT_EQ(judge(evidence_of_a_copy()), automatic); }

TEST(Judge, ACopyAtAnotherSpeedIsForReviewAtTheMost) {
  Evidence e = evidence_of_a_copy();
  e.speed = 1.0025;
  EXPECT_EQ(judge(e), review("speed"));
  EXPECT_EQ(judge_heard_alike(e), review("speed"));
  e.corrected_ber = 0.319;
  e.contrast = 0.061;
  e.coverage_shorter = 0.51;
  e.informative_items = 100;
  EXPECT_EQ(judge(e), review("speed"));
  for (const auto& [field, value] :
       {std::pair(&Evidence::corrected_ber, 0.321), std::pair(&Evidence::contrast, 0.059),
        std::pair(&Evidence::coverage_shorter, 0.49)}) {
    Evidence chance = e;
    chance.*field = value;
    EXPECT_EQ(judge(chance), Judgement{});
    chance.*field = std::nan("");
    EXPECT_EQ(judge(chance), Judgement{});
  }
  e.informative_items = 99;
  EXPECT_EQ(judge(e), Judgement{});
}

TEST(Judge, NoOverlapIsUnrelated) { EXPECT_EQ(judge(Evidence{}), Judgement{}); }

TEST(Judge, SimilarityDecidesTheBand) {
  Evidence e = evidence_of_a_copy();
  e.corrected_ber = 0.0199;
  EXPECT_EQ(judge(e), automatic);
  e.corrected_ber = 0.0201;
  EXPECT_EQ(judge(e), review("similarity"));
  e.corrected_ber = 0.0599;
  EXPECT_EQ(judge(e), review("similarity")) << "evenly changed: mastered anew";
  e.corrected_ber = 0.0601;
  EXPECT_EQ(judge(e), related(Relation::version, "similarity"));
  e.strip[7] = strip_of(0.13);
  e.corrected_ber = 0.0499;
  EXPECT_EQ(judge(e), review("similarity"));
  e.corrected_ber = 0.0501;
  EXPECT_EQ(judge(e), related(Relation::version, "similarity")) << "one step in the strip";
  e.corrected_ber = 0.29;
  EXPECT_EQ(judge(e), related(Relation::version, "similarity"));
  e.corrected_ber = 0.31;
  e.contrast = 0.049;
  EXPECT_EQ(judge(e), Judgement{});
}

TEST(Judge, ContrastOfALongOverlapTellsWhatTheErrorsNoLongerCan) {
  Evidence e = evidence_of_a_copy();
  e.corrected_ber = 0.36;
  e.contrast = 0.06;
  e.strip.assign(25, strip_of(0.36));
  EXPECT_EQ(judge(e), related(Relation::version, "window"));
  e.informative_items = 199;
  EXPECT_EQ(judge(e), Judgement{}) << "of a short one it is chance";
  e.informative_items = 1400;
  e.contrast = 0.04;
  EXPECT_EQ(judge(e), Judgement{});
}

TEST(Judge, TooLittleToSay) {
  Evidence e = evidence_of_a_copy();
  e.informative_items = 99;
  EXPECT_EQ(judge(e), related(Relation::insufficient, "informative"));
  e.corrected_ber = 0.2;
  EXPECT_EQ(judge(e), Judgement{}) << "little, and not even alike";
}

TEST(Judge, WithoutContrastOnlyTheBestIsShownAndNeverActedOn) {
  Evidence e = evidence_of_a_copy();
  e.contrast = 0.04;
  EXPECT_EQ(judge(e), review("contrast"));
  e.corrected_ber = 0.04;
  EXPECT_EQ(judge(e), related(Relation::insufficient, "contrast"));
}

TEST(Judge, OneDirtyWindowIsForReviewTwoAreAStep) {
  Evidence e = evidence_of_a_copy();
  e.strip[7] = strip_of(0.09);
  EXPECT_EQ(judge(e), review("window"));
  e.strip[7] = strip_of(0.2);
  EXPECT_EQ(judge(e), review("window"));
  e.strip[8] = strip_of(0.2);
  EXPECT_EQ(judge(e), related(Relation::version, "window"));
  e.strip[7] = e.strip[8] = strip_unknown;
  EXPECT_EQ(judge(e), automatic) << "an unknown window says nothing";
}

TEST(Judge, OtherAudioInTheMiddleIsAnEdit) {
  Evidence e = evidence_of_a_copy();
  for (const std::size_t window : {10u, 11u, 12u}) e.strip[window] = strip_of(0.45);
  e.corrected_ber = 0.06;
  EXPECT_EQ(judge(e), related(Relation::edit, "window"));
}

TEST(Judge, ALoudVoiceInTheMiddleIsAVersion) {
  Evidence e = evidence_of_a_copy();
  for (const std::size_t window : {10u, 11u, 12u}) e.strip[window] = strip_of(0.38);
  e.corrected_ber = 0.06;
  EXPECT_EQ(judge(e), related(Relation::version, "window"));
  e.segments = {{300, 0, 200}};
  EXPECT_EQ(judge(e), related(Relation::edit, "window")) << "what was there is elsewhere";
}

TEST(Judge, OtherAudioAtAnEndIsAnEdit) {
  for (const std::size_t first : {0u, 22u}) {
    Evidence e = evidence_of_a_copy();
    for (std::size_t window = first; window < first + 3; ++window) e.strip[window] = strip_of(0.38);
    e.corrected_ber = 0.06;
    EXPECT_EQ(judge(e), related(Relation::edit, "window")) << first;
  }
}

TEST(Judge, RestAtTheEnds) {
  Evidence e = evidence_of_a_copy();
  e.coverage_longer = 0.975;
  e.unmatched_tail_s = 7;
  EXPECT_EQ(judge(e), automatic);
  e.coverage_longer = 0.95;
  EXPECT_EQ(judge(e), review("coverage"));
  e.unmatched_tail_s = 5.9;
  EXPECT_EQ(judge(e), automatic) << "a start or an end cut by some seconds";
  e.unmatched_head_s = 20;
  EXPECT_EQ(judge(e), related(Relation::edit, "coverage"));
  e.coverage_longer = 0.3;
  e.strip.assign(2, 1);
  EXPECT_EQ(judge(e), related(Relation::insufficient, "coverage")) << "16 s are no edit";
}

TEST(Judge, AMomentThatDiffersIsForReview) {
  Evidence e = evidence_of_a_copy();
  e.short_ber = 0.057;
  EXPECT_EQ(judge(e), automatic) << "above twice the .004 of the whole by less than .05";
  e.short_ber = 0.059;
  EXPECT_EQ(judge(e), review("short"));
  e.corrected_ber = 0.012;
  EXPECT_EQ(judge(e), automatic) << "a poor encoder does that everywhere";
  e.strip[7] = strip_of(0.09);
  e.short_ber = 0.4;
  EXPECT_EQ(judge(e), review("window")) << "what is wrong for longer is named first";
  Thresholds wider;
  wider.auto_short_ber = 0.5;
  wider.auto_window_ber = 0.1;
  EXPECT_EQ(judge(e, wider), automatic);
}

TEST(Judge, WhatCannotBeComparedIsForReview) {
  Evidence e = evidence_of_a_copy();
  e.unknown_items = 40;
  EXPECT_EQ(judge(e), automatic) << "4.95 s";
  e.unknown_items = 41;
  EXPECT_EQ(judge(e), review("unknown"));
  e.unknown_items = 800;
  EXPECT_EQ(judge(e), review("unknown"));
}

TEST(Judge, WhatAnOlderVersionStoredIsNotAuto) {
  Evidence e = evidence_of_a_copy();
  e.short_ber = Evidence::not_measured;
  EXPECT_EQ(judge(e), review("unmeasured"));
}

TEST(Judge, SomeSecondsOfTwoLongTracksAreChance) {
  Evidence e = evidence_of_a_copy();  // two tracks of 200 s whose ends overlap for 4 s
  e.overlap_items = 32;
  e.informative_items = 20;
  e.coverage_shorter = e.coverage_longer = 0.02;
  e.strip.assign(1, strip_of(0.1));
  e.corrected_ber = 0.1;
  EXPECT_EQ(judge(e), Judgement{});
  e.corrected_ber = 0.01;
  EXPECT_EQ(judge(e), Judgement{});
  e.coverage_shorter = 0.51;
  EXPECT_EQ(judge(e), related(Relation::insufficient, "informative"))
      << "most of a clip of 8 s, in a long track";
  e.coverage_shorter = 0.4;
  EXPECT_EQ(judge(e), related(Relation::insufficient, "informative"))
      << "a clip of 10 s is too short to be judged wherever it lies";
  e.coverage_shorter = 0.31;
  EXPECT_EQ(judge(e), Judgement{}) << "one of 103 items is not";
}

TEST(Judge, FurtherSegmentsAreForReview) {
  Evidence e = evidence_of_a_copy();
  e.segments = {{100, 0, 100}};
  EXPECT_EQ(judge(e), review("segments"));
}

TEST(Judge, PartsAtTwoOffsetsMakeAnEditAboveTheRelatedLimit) {
  Evidence e = evidence_of_a_copy();
  e.corrected_ber = 0.32;
  e.contrast = 0.04;
  e.strip.assign(25, strip_of(0.4));
  e.strip[0] = 0;
  EXPECT_EQ(judge(e), Judgement{}) << "8 s are a chance";
  e.segments = {{300, 0, 200}};
  e.contrast = 0.05;
  EXPECT_EQ(judge(e), related(Relation::edit, "window"));
}

TEST(Judge, NotANumberIsNeverAuto) {
  for (double Evidence::*field : {&Evidence::corrected_ber, &Evidence::contrast, &Evidence::coverage_longer,
                                  &Evidence::unmatched_head_s, &Evidence::short_ber}) {
    Evidence e = evidence_of_a_copy();
    e.coverage_longer = 0.9;
    e.unmatched_tail_s = 7;
    e.*field = std::nan("");
    EXPECT_NE(judge(e).band, Band::automatic);
  }
}

TEST(Judge, ThresholdsAreObeyed) {
  Evidence e = evidence_of_a_copy();
  e.corrected_ber = 0.03;
  Thresholds wider;
  wider.auto_similarity = 0.96;
  EXPECT_EQ(judge(e, wider), automatic);
}

struct RealCase {
  const char *a, *b;
  Judgement expected;
};

TEST(JudgeReal, CopiesEditsVersionsAndStrangers) {
  const RealCase cases[] = {
      {"original", "original", automatic},
      {"original_mp3_64", "original", automatic},
      {"original", "original_overdub", related(Relation::version, "window")},
      {"hard", "hard_opus_64", automatic},
      {"hard_cut_62ms", "hard", review("similarity")},
      {"hard_cut_62ms", "hard_opus_64", review("similarity")},
      {"original", "other", {}},
      {"hard", "other", {}},
      {"original_padded_4030ms", "hard", {}},
  };
  for (const RealCase& c : cases) {
    const Judgement got = judge(exhaustive_alignment(real_items(c.a), real_items(c.b)));
    EXPECT_EQ(got, c.expected) << c.a << ", " << c.b << ": " << name_of(got.relation) << " " << got.guard;
  }
}

TEST(JudgeReal, CutAndPaddedCopiesOfTheWholeTrack) {
  std::vector<Item> whole = real_items("original");
  const std::vector<Item> cut = real_items("original_cut_200ms"),
                          padded = real_items("original_padded_4030ms");
  whole.resize(cut.size() + 2);
  EXPECT_EQ(judge(exhaustive_alignment(whole, cut)), automatic);
  whole.resize(padded.size() - 33);
  const Judgement got = judge(exhaustive_alignment(whole, padded));
  EXPECT_EQ(got, automatic) << "covers 94 % of the padded one, whose rest is silent: " << got.guard;
}

TEST(JudgeReal, RadioEdit) {
  const Evidence e = exhaustive_alignment(real_items("original"), real_items("original_radio_edit"));
  EXPECT_EQ(judge(e).relation, Relation::edit);
  EXPECT_EQ(judge(e).band, Band::related);
}

TEST(JudgeReal, SomeSecondsOffTheEnd) {
  const std::vector<Item> whole = real_items("original");
  const std::vector<Item> copy = real_items("original_mp3_64");
  EXPECT_EQ(judge(exhaustive_alignment(whole, Items(copy).first(876))), automatic) << "covers 97.3 %";
  EXPECT_EQ(judge(exhaustive_alignment(Items(whole).first(300), Items(copy).first(260))), automatic) << "5 s";
  EXPECT_EQ(judge(exhaustive_alignment(Items(whole).first(300), Items(copy).first(240))), review("coverage"))
      << "7.4 s";
}

TEST(JudgeReal, Silence) {
  const std::vector<Item> silence(500, silence_item);
  EXPECT_EQ(judge(measure(silence, silence, 0)), related(Relation::insufficient, "informative"));
}

TEST(Names, OfTheContract) {
  EXPECT_EQ(name_of(Relation::same_recording), "same_recording");
  EXPECT_EQ(name_of(Relation::insufficient), "insufficient");
  EXPECT_EQ(name_of(Band::automatic), "auto");
  EXPECT_EQ(name_of(Band::none), "none");
}

}  // namespace
}  // namespace echofold::pair_relation_test
