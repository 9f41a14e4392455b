// Variants: what plays faster, made slower, has the items of the original.
#include "engine/audio/variant_maker.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/audio/fingerprinter.h"

namespace echofold::audio_variant_maker_test {
namespace {

/// Chords that change every half second, played so many times as fast.
std::vector<std::int16_t> chords(double seconds, double speed) {
  std::mt19937 random(7);
  std::vector<double> lows;
  for (int half = 0; half < 2 * seconds * speed + 2; ++half)
    lows.push_back(110 * std::pow(2.0, static_cast<double>(random() % 24) / 12));
  std::vector<std::int16_t> samples;
  for (int i = 0; i < seconds * Fingerprinter::rate_hz; ++i) {
    const double t = speed * i / Fingerprinter::rate_hz;
    const double angle = 2 * 3.14159265358979 * lows[static_cast<std::size_t>(2 * t)] * t;
    const double sum = std::sin(angle) + std::sin(angle * 1.26) + std::sin(angle * 1.5) + std::sin(angle * 7);
    samples.push_back(static_cast<std::int16_t>(8000 * sum / 4));
  }
  return samples;
}

std::vector<VariantItems> variants(const std::vector<std::int16_t>& samples, int percent,
                                   std::size_t block = 5000) {
  VariantMaker maker(percent);
  for (std::size_t at = 0; at < samples.size(); at += block)
    maker.feed(std::span(samples).subspan(at, std::min(block, samples.size() - at)));
  return maker.finish();
}

double errors(const std::vector<Item>& a, const std::vector<Item>& b) {
  double bits = 0;
  const std::size_t count = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < count; ++i) bits += std::popcount(a[i] ^ b[i]);
  return bits / static_cast<double>(count * item_bits);
}

TEST(VariantMaker, TheVariantAtTheSpeedOfTheOtherHasItsItems) {
  Fingerprinter fingerprinter;
  fingerprinter.feed(chords(60, 1));
  const std::vector<Item> original = fingerprinter.finish();
  for (const int steps : {-16, -7, 3, 16}) {
    const auto made = variants(chords(60, 1 / variant_speed(steps)), 8);
    ASSERT_EQ(made.size(), 32U);
    for (const VariantItems& variant : made) {
      const double rate = errors(variant.items, original);
      if (variant.steps == steps) {
        EXPECT_LT(rate, 0.02) << steps;
      } else if (std::abs(variant.steps - steps) > 3) {
        EXPECT_GT(rate, 0.1) << steps << ' ' << variant.steps;
      }
    }
  }
}

TEST(VariantMaker, TakesTwoMinutesInBlocksOfAnySize) {
  const auto samples = chords(130, 1);
  const auto made = variants(samples, 1);
  ASSERT_EQ(made.size(), 4U);
  EXPECT_EQ(made.front().steps, -2);
  EXPECT_EQ(made.back().steps, 2);
  EXPECT_NEAR(static_cast<double>(made.front().items.size()),
              seconds_to_items(variant_audio_s / 0.99 - item_span_s) + 1, 2);
  EXPECT_EQ(variants(samples, 1, 77777), made);
  EXPECT_EQ(variants({samples.begin(), samples.begin() + 120 * Fingerprinter::rate_hz}, 1), made);
}

TEST(VariantMaker, MakesNoneWithoutASpeedAndNoItemsOfTooLittle) {
  EXPECT_TRUE(variants(chords(5, 1), 0).empty());
  for (const VariantItems& variant : variants(chords(1, 1), 1)) EXPECT_TRUE(variant.items.empty());
  EXPECT_EQ(variants({}, 1).size(), 4U);
}

}  // namespace
}  // namespace echofold::audio_variant_maker_test
