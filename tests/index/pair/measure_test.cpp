// measure() against a plain computation, synthetic damage and real copies.
#include "index/pair/measure.h"

#include <gtest/gtest.h>

#include <bit>
#include <vector>

#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::pair_measure_test {
namespace {

using test::make_items;
using test::real_items;

std::vector<Item> slice(const std::vector<Item>& items, std::size_t from, std::size_t count) {
  const auto first = items.begin() + static_cast<std::ptrdiff_t>(from);
  return {first, first + static_cast<std::ptrdiff_t>(count)};
}

std::vector<Item> joined(std::vector<Item> x, const std::vector<Item>& y) {
  x.insert(x.end(), y.begin(), y.end());
  return x;
}

/// What the header defines, computed item by item, without a kernel and without windows.
struct Plain {
  std::uint64_t items = 0, here = 0, next = 0, previous = 0, self_next = 0, self_previous = 0;
  double ber() const { return static_cast<double>(here) / static_cast<double>(items * 32); }
  double self() const {
    return static_cast<double>(next <= previous ? self_next : self_previous) /
           static_cast<double>(items * 64);
  }
  double corrected() const {
    const std::uint64_t sum = next <= previous ? next - self_next : previous - self_previous;
    return static_cast<double>(2 * here + sum) / static_cast<double>(items * 128);
  }
};

Plain plain(const std::vector<Item>& a, const std::vector<Item>& b, std::int32_t offset) {
  const auto differ = [](Item x, Item y) { return static_cast<std::uint64_t>(std::popcount(x ^ y)); };
  const auto informative = [&](const std::vector<Item>& x, std::size_t i) {
    return x[i] != silence_item && differ(x[i], x[i - 1]) >= 2;
  };
  Plain sums;
  for (std::size_t i = 1; i + 1 < a.size(); ++i) {
    const std::int64_t at = static_cast<std::int64_t>(i) - offset;
    if (at < 1 || at + 1 >= static_cast<std::int64_t>(b.size())) continue;
    const auto j = static_cast<std::size_t>(at);
    if (!informative(a, i) || !informative(b, j)) continue;
    ++sums.items;
    sums.here += differ(a[i], b[j]);
    sums.next += differ(a[i], b[j - 1]) + differ(a[i + 1], b[j]);
    sums.self_next += differ(b[j - 1], b[j]) + differ(a[i], a[i + 1]);
    sums.previous += differ(a[i], b[j + 1]) + differ(a[i - 1], b[j]);
    sums.self_previous += differ(b[j], b[j + 1]) + differ(a[i - 1], a[i]);
  }
  return sums;
}

// Exact equality of doubles: this also proves that every kernel gives the same (CTest runs this file once
// more with ECHOFOLD_SIMD=baseline).
void expect_as_plain(const std::vector<Item>& a, const std::vector<Item>& b, std::int32_t offset) {
  const Evidence evidence = measure(a, b, offset);
  const Plain expected = plain(a, b, offset);
  ASSERT_EQ(evidence.informative_items, expected.items) << offset;
  ASSERT_EQ(evidence.ber, expected.ber()) << offset;
  ASSERT_EQ(evidence.self_ber, expected.self()) << offset;
  ASSERT_EQ(evidence.corrected_ber, expected.corrected()) << offset;
  ASSERT_GE(evidence.corrected_ber, 0) << offset;
}

TEST(Evidence, EqualsAPlainComputation) {
  const std::vector<Item> a = real_items("original"), b = real_items("original_cut_200ms");
  for (const std::int32_t offset : {-795, -700, -65, -3, -1, 0, 1, 2, 3, 64, 500, 860})
    expect_as_plain(a, b, offset);
  for (std::size_t size = 20; size < 90; ++size) expect_as_plain(slice(a, 0, size), slice(b, 3, 70), 1);
}

TEST(Evidence, IdenticalTracks) {
  const std::vector<Item> a = real_items("original");
  const Evidence e = measure(a, a, 0);
  EXPECT_EQ(e.ber, 0);
  EXPECT_EQ(e.corrected_ber, 0);
  EXPECT_EQ(e.similarity(), 1);
  EXPECT_EQ(e.phase_items, 0);
  EXPECT_EQ(e.coverage_shorter, 1);
  EXPECT_EQ(e.coverage_longer, 1);
  EXPECT_EQ(e.overlap_items, 900u);
  EXPECT_GT(e.contrast, 0.2);
  EXPECT_EQ(e.unmatched_head_s + e.unmatched_tail_s, 0);
  EXPECT_EQ(e.strip, std::vector<std::uint8_t>(14, 0)) << "111 s are 14 windows of 8 s";
}

TEST(Evidence, NoOverlapGivesOnlyTheOffset) {
  const std::vector<Item> a = make_items(1, 100), b = make_items(2, 50);
  for (const std::int32_t offset : {100, 5000, -50, -5000, INT32_MAX, INT32_MIN}) {
    Evidence expected;
    expected.offset_items = offset;
    EXPECT_EQ(measure(a, b, offset), expected);
  }
  EXPECT_EQ(measure({}, b, 0), Evidence{});
  EXPECT_EQ(measure({}, {}, 0), Evidence{});
}

TEST(Evidence, TinyTracks) {
  const std::vector<Item> a = make_items(1, 4, 0.5);
  for (std::size_t n = 1; n <= 4; ++n) {
    const Evidence e = measure(slice(a, 0, n), slice(a, 0, n), 0);
    EXPECT_EQ(e.ber, 0) << n;
    EXPECT_EQ(e.overlap_items, n);
    EXPECT_EQ(e.contrast, 0) << "nothing to compare with";
  }
}

TEST(Evidence, TheSameFromBothSides) {
  const std::vector<Item> a = real_items("original"), b = real_items("original_cut_200ms");
  const Evidence ab = measure(a, b, 2), ba = measure(b, a, -2);
  EXPECT_EQ(ab.ber, ba.ber);
  EXPECT_EQ(ab.corrected_ber, ba.corrected_ber);
  EXPECT_EQ(ab.contrast, ba.contrast);
  EXPECT_EQ(ab.phase_items, -ba.phase_items);
  EXPECT_EQ(ab.strip, ba.strip);
  EXPECT_EQ(ab.unmatched_head_s, ba.unmatched_head_s);
  EXPECT_EQ(ab.unmatched_tail_s, ba.unmatched_tail_s);
}

TEST(Evidence, CorrectsAPartOfAnItem) {
  const std::vector<Item> a = make_items(7, 1200);
  for (const double part : {0.0, 0.1, 0.25, 0.4, 0.5}) {
    const Evidence e = measure(a, test::with_bit_errors(test::shifted_by_part(a, part, 8), 0.01, 9), 0);
    EXPECT_NEAR(e.ber, 0.2 * part + 0.01, 0.01) << part;
    EXPECT_NEAR(e.corrected_ber, 0.008, 0.004) << part;
    EXPECT_NEAR(e.phase_items, part, 0.04) << part;
  }
}

TEST(Evidence, RealShiftsAreFoundToMilliseconds) {
  const Evidence late = measure(real_items("original"), real_items("original_cut_200ms"), 2);
  EXPECT_NEAR(late.offset_s(), 0.200, 0.010);
  EXPECT_GT(late.ber, 0.04);
  EXPECT_LT(late.corrected_ber, 0.01);
  const Evidence half = measure(real_items("hard"), real_items("hard_cut_62ms"), 1);
  EXPECT_NEAR(half.offset_s(), 0.062, 0.010);
  EXPECT_GT(half.ber, 0.05);
  EXPECT_LT(half.corrected_ber, 0.025) << "the hardest 75 s of 28 tracks";
}

TEST(Evidence, SilenceBeforeTheMusicIsNotAudible) {
  const Evidence e = measure(real_items("original"), real_items("original_padded_4030ms"), -33);
  EXPECT_NEAR(e.offset_s(), -4.030, 0.010);
  EXPECT_LT(e.unmatched_head_s, 0.3);
  EXPECT_LT(e.corrected_ber, 0.01);
}

TEST(Evidence, AudibleRestAtBothEnds) {
  const std::vector<Item> a = make_items(3, 600);
  const Evidence inside = measure(a, slice(a, 40, 500), 40);
  EXPECT_DOUBLE_EQ(inside.unmatched_head_s, items_to_seconds(40));
  EXPECT_DOUBLE_EQ(inside.unmatched_tail_s, items_to_seconds(60));
  const Evidence shifted = measure(slice(a, 0, 500), slice(a, 100, 500), 100);
  EXPECT_DOUBLE_EQ(shifted.unmatched_head_s, items_to_seconds(100)) << "only a has it";
  EXPECT_DOUBLE_EQ(shifted.unmatched_tail_s, items_to_seconds(100)) << "only b has it";
  EXPECT_DOUBLE_EQ(shifted.coverage_longer, 0.8);
}

// An item covers 21 hops: of 100 silent hops at the end, all count but the first 20, which the overlap covers.
TEST(Evidence, SilentTailIsNotAudible) {
  const std::vector<Item> a = make_items(3, 500);
  const std::vector<Item> b = joined(joined(a, make_items(4, 21)), std::vector<Item>(100, silence_item));
  const Evidence e = measure(a, b, 0);
  EXPECT_LE(e.unmatched_tail_s, items_to_seconds(2));
  EXPECT_EQ(measure(b, a, 0).unmatched_tail_s, e.unmatched_tail_s);
}

TEST(Evidence, StripShowsWhereTheyDiffer) {
  const Evidence e = measure(real_items("original"), real_items("original_overdub"), 0);
  ASSERT_EQ(e.strip.size(), 14u);
  for (const std::size_t clean : {0u, 1u, 2u, 3u, 4u, 12u, 13u}) EXPECT_LT(strip_ber(e.strip[clean]), 0.02);
  for (const std::size_t mixed : {7u, 8u, 9u, 10u}) EXPECT_GT(strip_ber(e.strip[mixed]), 0.1) << mixed;
}

TEST(Evidence, AMutedStretchOfOneIsADifference) {
  const std::vector<Item> a = make_items(5, 650);
  std::vector<Item> b = a;
  std::fill(b.begin() + 130, b.begin() + 260, silence_item);
  const Evidence e = measure(a, b, 0);
  EXPECT_EQ(e.silent_items, 130u);
  EXPECT_EQ(e.strip[2], 254);
  EXPECT_EQ(e.strip[3], 254);
  EXPECT_EQ(e.strip[1], 0);
  EXPECT_EQ(e.ber, 0) << "silence is not informative";
}

TEST(Evidence, SharedSilenceSaysNothing) {
  std::vector<Item> a = make_items(5, 650);
  std::fill(a.begin() + 130, a.begin() + 260, silence_item);
  const Evidence e = measure(a, a, 0);
  EXPECT_EQ(e.strip[2], strip_unknown);
  const std::vector<Item> silence(300, silence_item);
  const Evidence all = measure(silence, silence, 0);
  EXPECT_EQ(all.informative_items, 0u);
  EXPECT_EQ(all.contrast, 0);
  EXPECT_EQ(all.silent_items, 300u);
}

TEST(Evidence, ADroneHasNoContrast) {
  const std::vector<Item> note = make_items(5, 2, 0.2);
  std::vector<Item> drone;
  for (int i = 0; i < 300; ++i) drone.push_back(note[static_cast<std::size_t>(i % 2)]);
  EXPECT_LT(measure(drone, drone, 0).contrast, 0.01);
}

TEST(Evidence, ContrastIsThatOfThePartThatMatches) {
  std::vector<Item> joined = real_items("original");
  const std::vector<Item> whole = joined, other = real_items("other");
  joined.resize(200);
  joined.insert(joined.end(), other.begin(), other.begin() + 400);
  const Evidence part = measure(whole, joined, 0);
  EXPECT_GT(part.corrected_ber, 0.25);
  EXPECT_NEAR(part.contrast, measure(whole, slice(joined, 0, 200), 0).contrast, 0.05);
  EXPECT_GT(part.contrast, 0.2);
  EXPECT_LT(measure(slice(whole, 200, 400), slice(joined, 200, 400), 0).contrast, 0.05) << "the other part";
}

TEST(Evidence, LastShortWindowJoinsTheOneBefore) {
  const std::vector<Item> a = make_items(6, 1000);  // a window is 64.6 items
  for (const auto& [items, windows] : std::vector<std::pair<std::size_t, std::size_t>>{
           {10, 1}, {65, 1}, {96, 1}, {97, 2}, {161, 2}, {162, 3}, {1000, 15}})
    EXPECT_EQ(measure(slice(a, 0, items), a, 0).strip.size(), windows) << items;
}

TEST(Evidence, RoughMeasureIsPlain) {
  const std::vector<Item> a = make_items(1, 100), b = make_items(2, 80);
  const Evidence e = measure_roughly(a, b, 30);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 70; ++i) bits += static_cast<std::uint64_t>(std::popcount(a[i + 30] ^ b[i]));
  EXPECT_EQ(e.ber, static_cast<double>(bits) / (70 * 32));
  EXPECT_EQ(e.corrected_ber, e.ber);
  EXPECT_EQ(e.overlap_items, 70u);
  EXPECT_DOUBLE_EQ(e.coverage_shorter, 70.0 / 80);
}

}  // namespace
}  // namespace echofold::pair_measure_test
