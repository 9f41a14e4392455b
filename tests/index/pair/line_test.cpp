// Lines: synthetic copies at another speed, whose errors are known, and real ones.
#include "index/pair/line.h"

#include <gtest/gtest.h>

#include <vector>

#include "index/pair/relation.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::pair_line_test {
namespace {

using test::at_speed;
using test::make_items;
using test::real_items;
using test::with_bit_errors;

TEST(LineTest, LeadsThereAndBack) {
  const Line line{12.5, 1.02};
  EXPECT_DOUBLE_EQ(line.in_b(line.in_a(100)), 100);
  EXPECT_DOUBLE_EQ(line.exchanged().in_a(line.in_a(100)), 100);
  EXPECT_DOUBLE_EQ(line.exchanged().exchanged().start_items, 12.5);
}

TEST(LineTest, ACleanCopyHasNoErrorsAlongIt) {
  const auto a = make_items(1, 1000);
  const auto b = at_speed(a, 20, 1.03);
  const Evidence evidence = measure_along(a, b, {20, 1.03});
  EXPECT_EQ(evidence.speed, 1.03);
  EXPECT_EQ(evidence.offset_items, 20);
  EXPECT_LT(evidence.corrected_ber, 0.002) << "some items lie at the limit between two neighbours";
  EXPECT_GT(evidence.contrast, 0.3);
  EXPECT_EQ(evidence.overlap_items, b.size());
  EXPECT_EQ(evidence.coverage_shorter, 1);
  EXPECT_NEAR(evidence.coverage_longer, 0.98, 0.002);
  EXPECT_EQ(evidence.strip.size(), 15U) << "948 items are 15 windows of 8 s";
  EXPECT_EQ(evidence.short_ber, Evidence::not_measured);
}

TEST(LineTest, ErrorsOfTheCopyAreThoseThatNoPlaceExplains) {
  const auto a = make_items(2, 1000);
  const auto b = with_bit_errors(at_speed(a, 0, 0.97), 0.1, 3);
  const Evidence evidence = measure_along(a, b, {0, 0.97});
  EXPECT_LT(evidence.corrected_ber, 0.1)
      << "where the neighbours differ, a wrong bit agrees with one of them";
  EXPECT_GT(evidence.corrected_ber, 0.04);
  EXPECT_NEAR(evidence.ber, 0.1, 0.05);
}

TEST(LineTest, RefiningFindsTheLineFromANearOne) {
  const auto a = make_items(4, 1000);
  const auto b = with_bit_errors(at_speed(a, 15, 1.0213), 0.15, 5);
  for (const Line& near : {Line{14, 1.02}, Line{17, 1.0225}, Line{13, 1.0225}}) {
    const RefinedLine found = refined(a, b, near);
    EXPECT_NEAR(found.line.speed, 1.0213, 0.001);
    EXPECT_NEAR(found.line.start_items, 15, 1);
    EXPECT_LT(found.ber, 0.18);
  }
}

TEST(LineTest, OtherMusicIsGivenUpAtOnce) {
  const auto a = make_items(6, 1000), b = make_items(7, 1000);
  const Line line{3, 1.01};
  EXPECT_EQ(refined(a, b, line).line, line);
  EXPECT_EQ(judge(measure_along(a, b, line)), Judgement{});
}

TEST(LineTest, LinesOutsideBothTracksMeasureNothing) {
  const auto a = make_items(8, 100), b = make_items(9, 100);
  for (const Line& line : {Line{1e6, 1.02}, Line{-1e6, 1.02}, Line{99, 0.95}, Line{-98, 1.05}}) {
    EXPECT_EQ(judge(measure_along(a, b, line)), Judgement{});
    EXPECT_EQ(refined(a, b, line).line, line);
  }
  EXPECT_EQ(measure_along(a, {}, {0, 1.02}).overlap_items, 0U);
  EXPECT_EQ(measure_along({}, b, {0, 1.02}).overlap_items, 0U);
}

TEST(LineTest, BothOrdersSayTheSame) {
  const auto a = real_items("original"), b = real_items("original_2_percent_faster");
  const Line line = refined(a, b, {15, 1.02}).line;
  const Evidence one = measure_along(a, b, line), other = measure_along(b, a, line.exchanged());
  EXPECT_NEAR(one.corrected_ber, other.corrected_ber, 1e-3);
  EXPECT_NEAR(one.contrast, other.contrast, 0.02);
  EXPECT_NEAR(one.speed * other.speed, 1, 1e-12);
}

TEST(LineTest, RealCopiesAreForReview) {
  const auto a = real_items("original");
  const Judgement expected{Relation::same_recording, Band::review, guard_of_speed};
  const Evidence faster = measure_along(a, real_items("original_2_percent_faster"),
                                        refined(a, real_items("original_2_percent_faster"), {15, 1.02}).line);
  EXPECT_EQ(judge(faster), expected);
  EXPECT_GT(faster.corrected_ber, 0.05) << "another pitch changes bits";
}

TEST(LineTest, AnotherRealTrackIsUnrelated) {
  const auto a = real_items("original"), b = real_items("other");
  for (const double speed : {0.96, 0.98, 0.99, 1.01, 1.02, 1.04})
    EXPECT_EQ(judge(measure_along(a, b, refined(a, b, {0, speed}).line)), Judgement{}) << speed;
}

}  // namespace
}  // namespace echofold::pair_line_test
