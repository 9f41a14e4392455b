// Which part of the spectrum one of two copies lacks.
#include "engine/dedupe/missing_band.h"

#include <gtest/gtest.h>

#include "tests/engine/dedupe/crafted_tracks.h"

namespace echofold::dedupe_missing_band_test {
namespace {

using namespace test;

/// The lower border; 0: nothing.
std::uint32_t missing_from(const TrackRecord& cut, const TrackRecord& whole) {
  const auto band = missing_band(cut, whole);
  return band ? band->from_hz : 0;
}

TrackRecord louder(TrackRecord track, int db) {
  for (std::uint8_t& value : track.quality.spectrum_curve) value = level_value(level_db(value) + db);
  return track;
}

TrackRecord with_band(TrackRecord track, std::size_t khz, std::size_t end_khz, double db) {
  for (std::size_t k = khz; k < end_khz; ++k) track.quality.spectrum_curve[k] = level_value(db);
  return track;
}

const TrackRecord whole = sounding_to(lossy("mp3", 192), 18);

TEST(MissingBand, BeginsWhereTheOtherEnds) {
  for (const std::size_t khz : {4u, 8u, 11u, 15u, 16u})
    EXPECT_EQ(missing_from(sounding_to(flac("/m/cut"), khz), whole), khz * 1000) << khz;
  EXPECT_EQ(missing_band(sounding_to(flac("/m/cut"), 11), whole)->to_hz, 18'000u);
  EXPECT_EQ(missing_from(whole, sounding_to(flac("/m/cut"), 11)), 0u);
  EXPECT_EQ(missing_from(whole, whole), 0u);
}

TEST(MissingBand, IsTwoKilohertzWideAndCanBeHeard) {
  EXPECT_EQ(missing_from(sounding_to(flac("/m/cut"), 17), whole), 0u) << "1 kHz";
  EXPECT_EQ(missing_from(sounding_to(flac("/m/cut"), 18), sounding_to(lossy("opus", 160), 20)), 0u)
      << "too high";
  EXPECT_EQ(missing_from(with_band(whole, 7, 10, -90), whole), 7'000u) << "a hole";
}

TEST(MissingBand, GainPlaysNoPart) {
  const TrackRecord cut = sounding_to(flac("/m/cut"), 11);
  for (const int db : {-20, -6, 6, 20}) {
    EXPECT_EQ(missing_from(louder(cut, db), whole), 11'000u) << db;
    EXPECT_EQ(missing_from(louder(whole, db), whole), 0u) << db;
    EXPECT_EQ(missing_from(whole, louder(whole, db)), 0u) << db;
  }
}

TEST(MissingBand, FaintNoiseIsNoSound) {
  const TrackRecord dark = sounding_to(flac("/m/dark"), 8);
  EXPECT_EQ(missing_from(dark, with_band(dark, 8, 18, -90)), 0u) << "an encoder's";
  EXPECT_EQ(missing_from(louder(dark, -40), louder(with_band(dark, 8, 18, -55), -40)), 0u)
      << "quiet music ends in the rounding of 16 bits";
  EXPECT_EQ(missing_from(dark, with_band(dark, 8, 18, -80)), 8'000u) << "a hiss that the other lacks";
  EXPECT_EQ(missing_from(with_band(dark, 8, 18, -80), with_band(dark, 8, 18, -69)), 0u) << "11 dB";
  EXPECT_EQ(missing_from(with_band(dark, 8, 18, -80), with_band(dark, 8, 18, -68)), 8'000u);
}

TEST(MissingBand, ALowSampleRateHasNothingAbove) {
  TrackRecord slow = sounding_to(flac("/m/slow"), 20);
  slow.quality.spectrum_curve.resize(4);
  EXPECT_EQ(missing_from(slow, whole), 4'000u);
  EXPECT_EQ(missing_from(whole, slow), 0u);
  EXPECT_EQ(missing_from(slow, sounding_to(lossy("mp3", 320), 4)), 0u) << "dark music fits into any rate";
}

TEST(MissingBand, NothingIsMissingWhereNothingWasMeasured) {
  EXPECT_EQ(missing_from(flac("/m/a"), whole), 0u);
  EXPECT_EQ(missing_from(whole, flac("/m/a")), 0u);
}

}  // namespace
}  // namespace echofold::dedupe_missing_band_test
