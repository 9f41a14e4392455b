// Variants against other tracks: where they lie, and that different music is none.
#include "index/pair/variant_line.h"

#include <gtest/gtest.h>

#include <vector>

#include "index/pair/relation.h"
#include "tests/support/sample_variants.h"
#include "tests/support/synthetic.h"

namespace echofold::pair_variant_line_test {
namespace {

using test::make_items;
using test::variants_of_copy;

const SpeedVariant& variant(const SpeedVariants& variants, int steps) {
  for (const SpeedVariant& one : variants.variants)
    if (one.steps == steps) return one;
  throw std::runtime_error("no such variant");
}

TEST(VariantLineTest, FindsWhatIsLeftOfTheSpeed) {
  const auto original = make_items(1, 1200);
  for (const double speed : {1.04, 1.0385, 0.962}) {
    const SpeedVariants variants = variants_of_copy(original, 30, speed, 4);
    const int steps = static_cast<int>(std::lround((1 / speed - 1) / variant_step));
    const VariantMatch match = match_variant(original, variant(variants, steps), 31);
    EXPECT_NEAR(match.line.speed, speed, 0.0006);
    EXPECT_LT(match.ber, 0.1) << speed;
    EXPECT_GT(match.contrast, 0.3);
    EXPECT_TRUE(is_a_match(match, {}));
    // The middle of an item stays where it is: its start moves by a part of its length.
    const double middle = 10.5;
    EXPECT_NEAR(match.line.in_a(500) + middle,
                30 + speed * (500 + middle) - (speed * variant_speed(steps) - 1) * middle, 1.5);
  }
}

TEST(VariantLineTest, DifferentMusicIsNoMatch) {
  const SpeedVariants variants = variants_of_copy(make_items(1, 1200), 0, 1.02, 4);
  const auto other = make_items(2, 1200);
  for (const SpeedVariant& one : variants.variants)
    for (const int offset : {-300, 0, 7, 500}) {
      const VariantMatch match = match_variant(other, one, offset);
      EXPECT_FALSE(is_a_match(match, {})) << one.steps << ' ' << offset;
      EXPECT_LT(match.contrast, 0.06);
    }
}

TEST(VariantLineTest, TooLittleIsNoMatch) {
  const auto original = make_items(1, 1200);
  const SpeedVariants variants = variants_of_copy(original, 0, 1.02, 4);
  const SpeedVariant& one = variant(variants, -4);
  EXPECT_EQ(match_variant(original, one, 1190).ber, 1) << "fewer than 32 items overlap";
  EXPECT_EQ(match_variant(Items(original).first(1), one, 0).ber, 1);
  EXPECT_EQ(match_variant({}, one, 0).ber, 1);
  EXPECT_EQ(match_variant(original, {-4, {}, {}}, 0).ber, 1);
}

}  // namespace
}  // namespace echofold::pair_variant_line_test
