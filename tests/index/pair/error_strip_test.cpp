// Strips of bit errors: what is drawn lies where the sound differs.
#include "index/pair/error_strip.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/synthetic.h"

namespace echofold::pair_error_strip_test {
namespace {

using test::make_items;
using test::with_bit_errors;

std::vector<Item> part(const std::vector<Item>& items, std::size_t from, std::size_t to) {
  return {items.begin() + static_cast<std::ptrdiff_t>(from), items.begin() + static_cast<std::ptrdiff_t>(to)};
}

TEST(ErrorStripTest, TheDifferentPassageIsWhereItIs) {
  const auto a = make_items(1, 1000);
  auto b = with_bit_errors(a, 0.02, 2);
  const auto other = make_items(3, 1000);
  std::copy(other.begin() + 400, other.begin() + 500, b.begin() + 400);
  const ErrorStrip strip = error_strip(a, b, {0, 1}, 50);  // 20 items a column
  ASSERT_EQ(strip.columns.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i)
    EXPECT_EQ(strip.columns[i] > 0.3, i >= 20 && i < 25) << i << ": " << strip.columns[i];
  EXPECT_EQ(strip.column_at(items_to_seconds(450)), 22U);
  EXPECT_NEAR(strip.start_of(20), items_to_seconds(400) + item_span_s / 2, item_span_s / 2);
  EXPECT_NEAR(strip.end_s, audio_seconds(1000), 1e-9);
  EXPECT_NEAR(strip.mean(), 0.1 * 0.5 + 0.9 * 0.02, 0.02);
}

TEST(ErrorStripTest, EndsOfOneTrackAreNotCompared) {
  const auto a = make_items(1, 400);
  const ErrorStrip later = error_strip(part(a, 100, 400), part(a, 0, 300), {-100, 1}, 40);
  ASSERT_EQ(later.columns.size(), 40U);
  EXPECT_NEAR(later.begin_s, items_to_seconds(-100), 1e-9) << "b begins before a";
  EXPECT_NEAR(later.end_s, items_to_seconds(299) + item_span_s, 1e-9);
  for (std::size_t i = 0; i < 40; ++i)
    EXPECT_EQ(later.columns[i], i < 10 || i >= 30 ? ErrorStrip::not_compared : 0) << i;
}

TEST(ErrorStripTest, APhaseIsNoError) {
  const auto a = make_items(1, 600);
  const auto b = test::shifted_by_part(a, 0.5, 2);
  const ErrorStrip strip = error_strip(a, b, {0.5, 1}, 30);
  for (const double column : strip.columns) EXPECT_LT(column, 0.02);
  const ErrorStrip blind = error_strip(a, b, {0, 1}, 30);
  EXPECT_GT(blind.mean(), 0.05) << "the test is blind: the phase has to matter";
}

TEST(ErrorStripTest, AnotherSpeedIsFollowed) {
  const auto a = make_items(1, 1000);
  const ErrorStrip strip = error_strip(a, test::at_speed(a, 0, 1.03), {0, 1.03}, 40);
  for (const double column : strip.columns) EXPECT_LT(column, 0.05);
}

TEST(ErrorStripTest, SilenceOfBothIsNotCompared) {
  auto a = make_items(1, 200);
  std::fill(a.begin() + 100, a.end(), silence_item);
  const ErrorStrip strip = error_strip(a, a, {0, 1}, 20);
  EXPECT_EQ(strip.columns[5], 0);
  EXPECT_EQ(strip.columns[15], ErrorStrip::not_compared);
}

TEST(ErrorStripTest, NothingToDraw) {
  const auto a = make_items(1, 10);
  EXPECT_TRUE(error_strip(a, {}, {0, 1}, 20).columns.empty());
  EXPECT_TRUE(error_strip({}, a, {0, 1}, 20).columns.empty());
  EXPECT_EQ(error_strip(a, a, {0, 1}, 20).columns.size(), 10U) << "no column without an item";
  EXPECT_EQ(error_strip(a, a, {1e5, 1}, 20).mean(), ErrorStrip::not_compared);
  EXPECT_EQ(ErrorStrip{}.mean(), ErrorStrip::not_compared);
}

}  // namespace
}  // namespace echofold::pair_error_strip_test
