// Runs of a few items against a plain computation, and changes that they find.
#include "index/pair/short_runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>

#include "index/pair/measure.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::pair_short_runs_test {
namespace {

using test::make_items;
using test::real_items;
using test::with_bit_errors;

int distance(Item x, Item y) { return std::popcount(x ^ y); }

/// The worst run as docs/MATCHING.md ("7. Evidence") defines it: with the sums of `Evidence`, run by run.
ShortRuns plain(const std::vector<Item>& a, const std::vector<Item>& b, std::size_t offset, bool next) {
  const auto informative = [](const std::vector<Item>& x, std::size_t i) {
    return i > 0 && i + 1 < x.size() && x[i] != silence_item && distance(x[i], x[i - 1]) >= 2;
  };
  const std::size_t count = std::min(a.size() - offset, b.size());
  std::vector<int> quarters(count, -1);  // of a bit; -1 where nothing is informative
  for (std::size_t j = 1; j + 1 < count; ++j) {
    const std::size_t i = j + offset;
    if (!informative(a, i) || !informative(b, j)) continue;
    quarters[j] = 2 * distance(a[i], b[j]);
    quarters[j] += next ? distance(a[i], b[j - 1]) + distance(a[i + 1], b[j]) - distance(b[j - 1], b[j]) -
                              distance(a[i], a[i + 1])
                        : distance(a[i], b[j + 1]) + distance(a[i - 1], b[j]) - distance(b[j], b[j + 1]) -
                              distance(a[i - 1], a[i]);
  }
  ShortRuns runs;
  std::vector<bool> known(count, false);
  for (std::size_t k = 0; k + short_run_items <= count; ++k) {
    double sum = 0, items = 0;
    for (std::size_t j = k; j < k + short_run_items; ++j)
      if (quarters[j] >= 0) sum += quarters[j], items += 1;
    if (items < short_run_informative) continue;
    std::fill_n(known.begin() + static_cast<std::ptrdiff_t>(k), short_run_items, true);
    if (sum / (items * 128) <= runs.worst_ber) continue;
    runs.worst_ber = sum / (items * 128);
    runs.worst_item = static_cast<std::uint32_t>(k + offset);
  }
  for (std::size_t j = 0; j < count; ++j)
    runs.unknown_items += !known[j] && distance(a[j + offset], b[j]) > 2;
  return runs;
}

void expect_as_plain(const std::vector<Item>& a, const std::vector<Item>& b, std::size_t offset) {
  const Evidence evidence = measure(a, b, static_cast<std::int32_t>(offset));
  const ShortRuns expected = plain(a, b, offset, evidence.phase_items >= 0);
  EXPECT_DOUBLE_EQ(evidence.short_ber, expected.worst_ber) << offset;
  EXPECT_EQ(evidence.short_item, expected.worst_item) << offset;
  EXPECT_EQ(evidence.unknown_items, expected.unknown_items) << offset;
}

TEST(ShortRuns, EqualAPlainComputation) {
  const std::vector<Item> a = real_items("original"), hard = real_items("hard");
  for (const std::size_t offset : {0u, 1u, 2u, 3u, 100u, 700u})
    expect_as_plain(a, real_items("original_cut_200ms"), offset);
  expect_as_plain(a, real_items("original_overdub"), 0);
  expect_as_plain(hard, real_items("hard_opus_64"), 0);
  expect_as_plain(hard, real_items("hard_cut_62ms"), 1);
  expect_as_plain(a, real_items("other"), 5);
}

TEST(ShortRuns, OfIdenticalTracksNothingDiffers) {
  const Evidence e = measure(real_items("original"), real_items("original"), 0);
  EXPECT_EQ(e.short_ber, 0);
  EXPECT_LT(e.unknown_s(), 2);
}

TEST(ShortRuns, RealCopiesStayLow) {
  const auto above = [](const char* a, const char* b, std::int32_t offset) {
    const Evidence e = measure(real_items(a), real_items(b), offset);
    return e.short_ber - 2 * e.corrected_ber;
  };
  EXPECT_LT(above("original", "original_mp3_64", 0), 0.04);
  EXPECT_LT(above("original", "original_cut_200ms", 2), 0.04);
  EXPECT_LT(above("hard", "hard_opus_64", 0), 0.04);
  EXPECT_GT(above("original", "original_overdub", 0), 0.05);
}

/// The effect of half a second of other sound on the items that cover it: a few wrong bits in each of twenty.
std::vector<Item> with_a_word_changed(std::vector<Item> items, std::size_t at) {
  const std::vector<Item> changed =
      with_bit_errors({items.begin() + static_cast<std::ptrdiff_t>(at),
                       items.begin() + static_cast<std::ptrdiff_t>(std::min(at + 20, items.size()))},
                      0.12, at);
  std::copy(changed.begin(), changed.end(), items.begin() + static_cast<std::ptrdiff_t>(at));
  return items;
}

TEST(ShortRuns, AWordIsSeenWhereverItStands) {
  const std::vector<Item> a = make_items(1, 900);
  const std::vector<Item> copy = with_bit_errors(a, 0.003, 2);
  for (const std::size_t at : {0u, 1u, 5u, 60u, 64u, 450u, 880u, 890u}) {
    const Evidence e = measure(a, with_a_word_changed(copy, at), 0);
    EXPECT_GT(e.short_ber - 2 * e.corrected_ber, 0.05) << at;
    EXPECT_NEAR(e.short_item, at + 6, 16) << at;
    EXPECT_LT(e.corrected_ber, 0.01) << "in the mean it is nothing";
    for (const std::uint8_t window : e.strip) EXPECT_LT(strip_ber(window), 0.08) << "nor in 8 s";
  }
  EXPECT_LT(measure(a, copy, 0).short_ber, 0.04);
}

TEST(ShortRuns, AShiftIsNoDifference) {
  const std::vector<Item> a = make_items(7, 1200);
  for (const double part : {0.1, 0.3, 0.5}) {
    const Evidence e = measure(a, test::shifted_by_part(a, part, 8), 0);
    EXPECT_GT(e.ber, 0.01);
    EXPECT_LT(e.short_ber, 0.02) << part;
  }
}

TEST(ShortRuns, TheSameFromBothSides) {
  const std::vector<Item> a = make_items(3, 700);
  std::vector<Item> b = with_a_word_changed(a, 300);
  b.erase(b.begin(), b.begin() + 40);
  const Evidence ab = measure(a, b, 40), ba = measure(b, a, -40);
  EXPECT_EQ(ab.short_ber, ba.short_ber);
  EXPECT_EQ(ab.unknown_items, ba.unknown_items);
  EXPECT_EQ(ab.short_item, ba.short_item + 40) << "each in its own first track";
}

/// `count` items of one held note: they hardly change, and differ from those of another note.
std::vector<Item> with_held(std::vector<Item> items, std::size_t from, std::size_t count, Item note) {
  std::fill_n(items.begin() + static_cast<std::ptrdiff_t>(from), count, note);
  return items;
}

TEST(ShortRuns, AnotherNoteThatIsHeldIsUnknown) {
  const std::vector<Item> a = make_items(4, 900);
  const Evidence e = measure(with_held(a, 450, 450, 0x12345678), with_held(a, 450, 450, 0x12345687), 0);
  EXPECT_NEAR(e.unknown_items, 450, 8);
  const Evidence middle = measure(with_held(a, 100, 60, 5), with_held(a, 100, 60, 5), 0);
  EXPECT_LT(middle.unknown_items, 3u) << "the same note";
  EXPECT_LT(measure(a, a, 0).unknown_items, 10u);
}

TEST(ShortRuns, SilenceOfBothIsKnownOfOneIsNot) {
  const std::vector<Item> a = make_items(5, 900);
  const std::vector<Item> silent = with_held(a, 300, 200, silence_item);
  EXPECT_LT(measure(silent, silent, 0).unknown_items, 10u);
  EXPECT_NEAR(measure(a, silent, 0).unknown_items, 200, 8);
  const std::vector<Item> nothing(300, silence_item);
  EXPECT_EQ(measure(nothing, nothing, 0).unknown_items, 0u);
}

TEST(ShortRuns, TinyOverlaps) {
  const std::vector<Item> a = make_items(6, 40);
  for (std::size_t n = 3; n < 12; ++n) {
    const std::vector<Item> start(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n));
    const Evidence e = measure(a, start, 0);
    EXPECT_EQ(e.short_ber, 0) << n;
    EXPECT_LE(e.unknown_items, n);
  }
}

}  // namespace
}  // namespace echofold::pair_short_runs_test
