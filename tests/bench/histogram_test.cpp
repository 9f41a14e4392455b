// Chromaprint's matcher as a rival: how it aligns, where it cuts, and what it calls a match.
#include "bench/rivals/histogram.h"

#include <gtest/gtest.h>

#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::bench {
namespace {

TEST(HistogramTest, ACopyIsOneStretchOverAllOfIt) {
  const auto items = test::real_items("original");
  const auto found = match_by_histogram(items, items);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from_a, 0u);
  EXPECT_EQ(found[0].from_b, 0u);
  EXPECT_EQ(found[0].count, items.size());
  EXPECT_EQ(found[0].differing_bits, 0);
}

TEST(HistogramTest, AlignsACutStartInBothDirections) {
  const auto whole = test::make_items(1, 600);
  const std::vector<Item> late(whole.begin() + 37, whole.end());
  const auto found = match_by_histogram(whole, late), reversed = match_by_histogram(late, whole);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from_a, 37u);
  EXPECT_EQ(found[0].from_b, 0u);
  EXPECT_EQ(found[0].count, late.size());
  ASSERT_EQ(reversed.size(), 1u);
  EXPECT_EQ(reversed[0].from_a, 0u);
  EXPECT_EQ(reversed[0].from_b, 37u);
}

TEST(HistogramTest, FindsAnMp3OfRealMusicAndNotAnotherTrack) {
  const auto original = test::real_items("original");
  const auto copy = match_by_histogram(original, test::real_items("original_mp3_64"));
  ASSERT_FALSE(copy.empty());
  EXPECT_GT(copy[0].count, original.size() * 9 / 10);
  EXPECT_LT(copy[0].differing_bits, 2);
  for (const MatchedStretch& stretch : match_by_histogram(original, test::real_items("other")))
    EXPECT_LT(items_to_seconds(static_cast<double>(stretch.count)), 10);
}

TEST(HistogramTest, EndsAStretchWhereOtherMusicBegins) {
  auto a = test::make_items(1, 400);
  auto b = a;
  const auto other = test::make_items(2, 200);
  std::copy(other.begin(), other.end(), b.begin() + 200);
  const auto found = match_by_histogram(a, b);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from_a, 0u);
  EXPECT_NEAR(static_cast<double>(found[0].count), 200, 12);
}

TEST(HistogramTest, NothingMatchesNothing) {
  const auto items = test::make_items(1, 100);
  EXPECT_TRUE(match_by_histogram({}, {}).empty());
  EXPECT_TRUE(match_by_histogram(items, {}).empty());
  EXPECT_TRUE(match_by_histogram({}, items).empty());
}

}  // namespace
}  // namespace echofold::bench
