// The fingerprinter: items and silence.
#include "engine/audio/fingerprinter.h"

#include <chromaprint.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/support/synthetic.h"

namespace echofold::audio_fingerprinter_test {
namespace {

/// Chords that change every half second.
std::vector<std::int16_t> chords(int seconds) {
  std::mt19937 random(7);
  std::vector<std::int16_t> samples;
  constexpr int part = Fingerprinter::rate_hz / 2;
  for (int half = 0; half < seconds * 2; ++half) {
    const double low = 110 * std::pow(2.0, static_cast<double>(random() % 24) / 12);
    for (int i = 0; i < part; ++i) {
      const double t = 2 * 3.14159265358979 * i / Fingerprinter::rate_hz;
      const double sum = std::sin(low * t) + std::sin(low * 1.26 * t) + std::sin(low * 1.5 * t);
      samples.push_back(static_cast<std::int16_t>(8000 * sum / 3));
    }
  }
  return samples;
}

std::vector<Item> fingerprint(const std::vector<std::int16_t>& samples, std::size_t block) {
  Fingerprinter fingerprinter;
  for (std::size_t at = 0; at < samples.size(); at += block)
    fingerprinter.feed(std::span(samples).subspan(at, std::min(block, samples.size() - at)));
  return fingerprinter.finish();
}

TEST(Fingerprinter, ItemsDoNotDependOnTheBlocks) {
  const auto samples = chords(20);
  const auto items = fingerprint(samples, samples.size());
  EXPECT_NEAR(static_cast<double>(items.size()), seconds_to_items(20 - item_span_s) + 1, 2);
  EXPECT_EQ(fingerprint(samples, 1), items);
  EXPECT_EQ(fingerprint(samples, 4097), items);
}

/// Chromaprint's own items for the same samples.
std::vector<Item> chromaprint(const std::vector<std::int16_t>& samples) {
  ChromaprintContext* context = chromaprint_new(CHROMAPRINT_ALGORITHM_TEST2);
  chromaprint_start(context, Fingerprinter::rate_hz, 1);
  chromaprint_feed(context, samples.data(), static_cast<int>(samples.size()));
  chromaprint_finish(context);
  std::uint32_t* items = nullptr;
  int count = 0;
  chromaprint_get_raw_fingerprint(context, &items, &count);
  std::vector<Item> out(items, items + count);
  chromaprint_dealloc(items);
  chromaprint_free(context);
  return out;
}

TEST(Fingerprinter, EachItemIsChromaprints) {
  std::vector<std::int16_t> samples = chords(300);
  EXPECT_EQ(fingerprint(samples, 1000), chromaprint(samples));
  // Fades out through the level that Chromaprint treats as silence, with a little noise.
  std::mt19937 random(5);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double gain = std::exp(-12.0 * static_cast<double>(i) / static_cast<double>(samples.size()));
    samples[i] = static_cast<std::int16_t>(gain * samples[i] + static_cast<double>(random() % 3) - 1);
  }
  EXPECT_EQ(fingerprint(samples, 1000), chromaprint(samples));
  for (std::int16_t& sample : samples) sample = static_cast<std::int16_t>(random());
  EXPECT_EQ(fingerprint(samples, 1000), chromaprint(samples));
  for (std::int16_t& sample : samples) sample = static_cast<std::int16_t>(random() % 5);
  EXPECT_EQ(fingerprint(samples, 1000), chromaprint(samples));
}

TEST(Fingerprinter, A120SecondsAre948Items) { EXPECT_EQ(fingerprint(chords(120), 8192).size(), 948u); }

TEST(Fingerprinter, SilenceIsTheSilenceItem) {
  const auto items = fingerprint(std::vector<std::int16_t>(std::size_t{Fingerprinter::rate_hz} * 10), 4096);
  ASSERT_FALSE(items.empty());
  for (const Item item : items) EXPECT_EQ(item, silence_item);
}

TEST(Fingerprinter, NothingOrTooLittleGivesNoItem) {
  EXPECT_TRUE(fingerprint({}, 1).empty());
  EXPECT_TRUE(fingerprint(std::vector<std::int16_t>(Fingerprinter::rate_hz, 5), 4096).empty());
}

}  // namespace
}  // namespace echofold::audio_fingerprinter_test
