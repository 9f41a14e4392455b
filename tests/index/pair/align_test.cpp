// Alignment: exact rates, true offsets among false ones, edits, hopeless pairs.
#include "index/pair/align.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <vector>

#include "index/pair/measure.h"
#include "index/pair/overlap.h"
#include "index/pair/relation.h"
#include "tests/index/real_fingerprints.h"
#include "tests/support/synthetic.h"

namespace echofold::pair_align_test {
namespace {

using test::make_items;
using test::real_items;
using Offsets = std::vector<std::int32_t>;

double plain_rate(Items a, Items b, std::int32_t offset, std::size_t min_overlap) {
  const Overlap at = overlap_at(a.size(), b.size(), offset);
  if (at.count == 0 || at.count < min_overlap) return 1.0;
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < at.count; ++k)
    bits += static_cast<std::uint64_t>(std::popcount(a[at.first_a + k] ^ b[at.first_b + k]));
  return static_cast<double>(bits) / static_cast<double>(at.count * 32);
}

TEST(BitErrorRates, EqualAPlainComputationAtEveryOffset) {
  const std::vector<Item> a = make_items(1, 150, 0.5), b = make_items(2, 61, 0.5);
  for (const std::size_t min_overlap : {0u, 1u, 32u, 61u, 200u}) {
    const std::vector<double> ab = bit_error_rates(a, b, -100, 300, min_overlap);
    const std::vector<double> ba = bit_error_rates(b, a, -200, 300, min_overlap);
    for (std::size_t k = 0; k < 300; ++k) {
      ASSERT_EQ(ab[k], plain_rate(a, b, static_cast<std::int32_t>(k) - 100, min_overlap)) << k;
      ASSERT_EQ(ba[k], plain_rate(b, a, static_cast<std::int32_t>(k) - 200, min_overlap)) << k;
    }
  }
}

TEST(BitErrorRates, StartAnywhere) {
  const std::vector<Item> a = make_items(1, 90, 0.5), b = make_items(2, 70, 0.5);
  for (std::int32_t first = -75; first < 95; ++first)
    for (const std::size_t count : {0u, 1u, 7u, 8u, 9u, 20u}) {
      const std::vector<double> rates = bit_error_rates(a, b, first, count, 1);
      ASSERT_EQ(rates.size(), count);
      for (std::size_t k = 0; k < count; ++k)
        ASSERT_EQ(rates[k], plain_rate(a, b, first + static_cast<std::int32_t>(k), 1)) << first << "+" << k;
    }
  EXPECT_EQ(bit_error_rates({}, b, 0, 3), std::vector<double>(3, 1.0));
}

TEST(BestAlignment, FindsTheNeighbourOfAnOfferedOffset) {
  const std::vector<Item> a = real_items("original"), b = real_items("original_cut_200ms");
  for (const std::int32_t offered : {1, 2, 3}) {
    const Evidence e = best_alignment(a, b, Offsets{offered, 400, -300});
    EXPECT_EQ(e.offset_items, 2) << "offered " << offered;
    EXPECT_LT(e.corrected_ber, 0.01);
    EXPECT_TRUE(e.segments.empty());
  }
}

TEST(BestAlignment, AnIntroThatAnotherSongFollowsIsFoundAtItsOwnOffset) {
  const std::vector<Item> song = real_items("original"), other = real_items("other");
  std::vector<Item> joined(song.begin(), song.begin() + 200);
  joined.insert(joined.end(), other.begin(), other.end());
  EXPECT_EQ(best_alignment(song, joined, Offsets{0, 60, -45}).offset_items, 0);
  EXPECT_EQ(exhaustive_alignment(song, joined).offset_items, 0);
  EXPECT_EQ(judge(exhaustive_alignment(song, joined)).relation, Relation::edit);
}

TEST(BestAlignment, OrderAndRepetitionOfTheOffersDoNotMatter) {
  const std::vector<Item> a = real_items("original"), b = real_items("original_radio_edit");
  const Evidence expected = best_alignment(a, b, Offsets{0, 286, 100});
  for (const Offsets& offsets : {Offsets{100, 286, 0}, Offsets{286, 0, 100, 0, 286}, Offsets{0, 100, 286}})
    EXPECT_EQ(best_alignment(a, b, offsets), expected);
}

// A loop of 64 items that varies a little from turn to turn; b starts 8 turns late.
TEST(BestAlignment, TheTrueAlignmentWinsOverALongerRepeat) {
  const std::vector<Item> loop = make_items(1, 64);
  std::vector<Item> a;
  for (std::uint64_t turn = 0; turn < 20; ++turn) {
    const std::vector<Item> varied = test::with_bit_errors(loop, 0.03, 100 + turn);
    a.insert(a.end(), varied.begin(), varied.end());
  }
  const std::vector<Item> b = test::with_bit_errors({a.begin() + 2 * 64, a.end()}, 0.005, 9);
  const Evidence e = best_alignment(a, b, Offsets{0, 64, 128});
  EXPECT_EQ(e.offset_items, 128);
  EXPECT_LT(e.corrected_ber, 0.01);
  EXPECT_EQ(best_alignment(b, a, Offsets{-64, -128, 0}).offset_items, -128);
}

TEST(BestAlignment, TiesGoToTheSmallerOffset) {
  const std::vector<Item> loop = make_items(1, 50);
  std::vector<Item> a;
  for (int turn = 0; turn < 10; ++turn) a.insert(a.end(), loop.begin(), loop.end());
  const std::vector<Item> b(a.begin(), a.begin() + 200);
  EXPECT_EQ(best_alignment(a, b, Offsets{250, 100, 50}).offset_items, 50) << "same overlap, same error";
}

TEST(BestAlignment, ARadioEditHasASegmentAtEachOffset) {
  const std::vector<Item> a = real_items("original"), b = real_items("original_radio_edit");
  const Evidence e = best_alignment(a, b, Offsets{0, 286});
  EXPECT_EQ(e.offset_items, 0) << "the longer of the two parts";
  ASSERT_EQ(e.segments.size(), 1u);
  EXPECT_NEAR(e.segments[0].offset_items, 286, 1);
  EXPECT_NEAR(e.segments[0].from_item, 768, 64) << "95.4 s";
  EXPECT_GE(e.segments[0].count_items, 96u);
}

TEST(BestAlignment, ACleanCopyHasNoFurtherSegments) {
  const std::vector<Item> a = real_items("original"), b = real_items("original_mp3_64");
  EXPECT_TRUE(best_alignment(a, b, Offsets{0, 64, 128}).segments.empty());
}

TEST(BestAlignment, AHopelessPairIsUnrelatedAndCheap) {
  const std::vector<Item> a = real_items("original"), b = real_items("other");
  const Evidence e = best_alignment(a, b, Offsets{0, 50, -200});
  EXPECT_EQ(e, measure_roughly(a, b, e.offset_items));
  EXPECT_EQ(judge(e).relation, Relation::unrelated);
}

TEST(BestAlignment, OffersWithoutOverlap) {
  const std::vector<Item> a = make_items(1, 300);
  EXPECT_EQ(best_alignment(a, a, {}), Evidence{});
  EXPECT_EQ(best_alignment(a, a, Offsets{300}).overlap_items, 0u);
  EXPECT_EQ(best_alignment(a, a, Offsets{INT32_MIN, INT32_MAX, 900}).overlap_items, 0u);
  EXPECT_EQ(best_alignment(a, a, Offsets{900, 0}).offset_items, 0);
  EXPECT_EQ(best_alignment(a, a, Offsets{290}).overlap_items, 10u) << "short, but all there is";
}

TEST(ExhaustiveAlignment, FindsWhatBestAlignmentIsTold) {
  const std::vector<Item> a = real_items("hard"), b = real_items("hard_cut_62ms");
  const Evidence e = exhaustive_alignment(a, b);
  EXPECT_NEAR(e.offset_s(), 0.062, 0.010);
  EXPECT_EQ(e, best_alignment(a, b, Offsets{e.offset_items}));
}

TEST(ExhaustiveAlignment, FindsBothPartsOfAnEdit) {
  const Evidence e = exhaustive_alignment(real_items("original"), real_items("original_radio_edit"));
  EXPECT_EQ(e.offset_items, 0);
  ASSERT_EQ(e.segments.size(), 1u);
  EXPECT_NEAR(e.segments[0].offset_items, 286, 1);
}

TEST(ExhaustiveAlignment, APieceAnywhere) {
  const std::vector<Item> a = make_items(1, 900);
  for (const std::size_t from : {0u, 1u, 333u, 700u}) {
    const std::vector<Item> piece(a.begin() + static_cast<std::ptrdiff_t>(from),
                                  a.begin() + static_cast<std::ptrdiff_t>(from) + 200);
    EXPECT_EQ(exhaustive_alignment(a, piece).offset_items, static_cast<std::int32_t>(from));
    EXPECT_EQ(exhaustive_alignment(piece, a).offset_items, -static_cast<std::int32_t>(from));
  }
}

TEST(ExhaustiveAlignment, TooShortForAnyOverlap) {
  const std::vector<Item> a = make_items(1, 31), b = make_items(2, 500);
  EXPECT_EQ(exhaustive_alignment(a, b), Evidence{});
  EXPECT_EQ(exhaustive_alignment({}, {}, 0), Evidence{});
  EXPECT_EQ(exhaustive_alignment(a, a, 31).offset_items, 0);
}

}  // namespace
}  // namespace echofold::pair_align_test
