// Intervals against published values, and advice that never lowers a threshold on thin evidence.
#include "engine/tune/recommend.h"

#include <gtest/gtest.h>

#include <cmath>

namespace echofold::tune_recommend_test {
namespace {

LabelCounts counts(std::uint64_t same, std::uint64_t edit, std::uint64_t version, std::uint64_t different) {
  LabelCounts c;
  c[Label::same] = same;
  c[Label::edit] = edit;
  c[Label::version] = version;
  c[Label::different] = different;
  return c;
}

Sweep sweep_of(LabelCounts all, std::vector<std::pair<double, LabelCounts>> rows) {
  Sweep sweep;
  sweep.all = all;
  for (const auto& [value, found] : rows) sweep.rows.push_back({value, found, found});
  return sweep;
}

TEST(ClopperPearson, AgreesWithKnownValues) {
  // The interval of 0 of n has a closed form; those of 1 of 10 and 5 of 10 are in every table (.0025 .. .4450,
  // .1871 .. .8129).
  for (const std::uint64_t n : {1u, 10u, 1000u, 4'000'000u}) {
    const Interval none = clopper_pearson(0, n);
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(none.high, 1 - std::pow(0.025, 1.0 / static_cast<double>(n)), 1e-12);
    const Interval all = clopper_pearson(n, n);
    EXPECT_EQ(all.high, 1);
    EXPECT_NEAR(all.low, std::pow(0.025, 1.0 / static_cast<double>(n)), 1e-9);
  }
  EXPECT_NEAR(clopper_pearson(1, 10).low, 0.00253, 1e-5);
  EXPECT_NEAR(clopper_pearson(1, 10).high, 0.44502, 1e-5);
  EXPECT_NEAR(clopper_pearson(5, 10).low, 0.18709, 1e-5);
  EXPECT_NEAR(clopper_pearson(5, 10).high, 0.81291, 1e-5);
  EXPECT_EQ(clopper_pearson(0, 0), Interval{});
}

TEST(ClopperPearson, TellsHowManyTrialsARateTakes) {
  const std::uint64_t n = trials_to_show(1e-5);
  EXPECT_NEAR(static_cast<double>(n), 368'887, 2);  // ln(.025) / ln(1 - 1e-5)
  EXPECT_LE(clopper_pearson(0, n).high, 1e-5 * (1 + 1e-9));
  EXPECT_GT(clopper_pearson(0, n - 1).high, 1e-5);
}

TEST(AdviseAuto, AlteredPairsAndRemastersDoNotDecide) {
  LabelCounts all = counts(100, 0, 0, 1'000'000), moved = counts(98, 0, 0, 0);
  all[Label::altered] = moved[Label::altered] = 7;
  all[Label::remaster] = moved[Label::remaster] = 5;
  EXPECT_EQ(advise_auto(sweep_of(all, {{0.97, moved}, {0.98, moved}}), 0.98, 1e-5).value, 0.97);
}

TEST(AdviseAuto, TakesTheLowestThatIsShown) {
  const LabelCounts all = counts(100, 0, 0, 1'000'000);
  const Sweep sweep = sweep_of(all, {{0.95, counts(100, 0, 0, 11)},
                                     {0.96, counts(99, 0, 0, 2)},
                                     {0.97, counts(98, 0, 0, 0)},
                                     {0.98, counts(90, 0, 0, 0)}});
  const AutoAdvice advice = advise_auto(sweep, 0.98, 1e-5);
  EXPECT_EQ(advice.lowest, 0.96);  // 2 in a million, 95 % confidence up to 7.2
  EXPECT_TRUE(advice.shown);
  EXPECT_EQ(advice.value, 0.96);
}

TEST(AdviseAuto, DoesNotLowerOnThinEvidenceButRaises) {
  const LabelCounts all = counts(100, 0, 0, 1000);
  const Sweep clean = sweep_of(all, {{0.95, counts(100, 0, 0, 0)}, {0.98, counts(90, 0, 0, 0)}});
  AutoAdvice advice = advise_auto(clean, 0.98, 1e-5);
  EXPECT_EQ(advice.lowest, 0.95);
  EXPECT_FALSE(advice.shown);
  EXPECT_EQ(advice.value, 0.98);
  const Sweep dirty = sweep_of(all, {{0.95, counts(100, 0, 0, 1)}, {0.98, counts(90, 0, 0, 0)}});
  advice = advise_auto(dirty, 0.95, 1e-5);
  EXPECT_EQ(advice.value, 0.98);
}

TEST(AdviseAuto, StrangersDoNotPayForEdits) {
  const LabelCounts all = counts(100, 50, 50, 4'000'000);
  const Sweep sweep = sweep_of(all, {{0.95, counts(100, 1, 0, 0)}, {0.98, counts(90, 0, 0, 0)}});
  EXPECT_EQ(advise_auto(sweep, 0.98, 1e-5).lowest, 0.98);
}

TEST(AdviseAuto, WithoutAnAnswerTheValueInUseStays) {
  const Sweep hopeless =
      sweep_of(counts(10, 0, 1, 10), {{0.98, counts(10, 0, 1, 0)}, {0.99, counts(5, 0, 1, 0)}});
  EXPECT_FALSE(advise_auto(hopeless, 0.98, 1e-5).lowest);
  EXPECT_EQ(advise_auto(hopeless, 0.98, 1e-5).value, 0.98);
  const Sweep no_copies = sweep_of(counts(0, 0, 0, 1'000'000), {{0.9, {}}, {0.98, {}}});
  EXPECT_EQ(advise_auto(no_copies, 0.98, 1e-5).value, 0.98);
}

TEST(AdviseReview, GoesDownWhileItFindsMoreThanItAsksForNothing) {
  const Sweep sweep = sweep_of(counts(100, 50, 50, 1000), {{0.90, counts(99, 10, 0, 0)},
                                                           {0.92, counts(98, 0, 1, 0)},
                                                           {0.94, counts(95, 0, 0, 0)},
                                                           {0.96, counts(95, 0, 0, 0)}});
  EXPECT_EQ(advise_review(sweep, 0.94), 0.92);
  EXPECT_EQ(advise_review(
                sweep_of(counts(9, 0, 0, 9), {{0.90, counts(9, 0, 0, 0)}, {0.95, counts(9, 0, 0, 0)}}), 0.90),
            0.90);
}

}  // namespace
}  // namespace echofold::tune_recommend_test
