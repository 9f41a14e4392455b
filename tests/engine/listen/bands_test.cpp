// The bands of every sampling rate.
#include "engine/listen/bands.h"

#include <gtest/gtest.h>

#include <bit>

namespace echofold::listen_bands_test {
namespace {

constexpr int rates[] = {8'000, 11'025, 12'000, 16'000, 22'050, 24'000, 32'000, 37'800, 44'100, 48'000};

TEST(ListenBands, AscendAndHaveAtLeastThreeBins) {
  for (const int rate_hz : rates) {
    SCOPED_TRACE(rate_hz);
    const ListenBands bands(rate_hz);
    ASSERT_GT(bands.count(), 10u);
    for (std::size_t i = 0; i < bands.count(); ++i) EXPECT_GE(bands.edges[i + 1], bands.edges[i] + 3) << i;
    EXPECT_GE(bands.edges.front(), 1u);
    EXPECT_LT(bands.edges.back(), bands.window / 2);
  }
}

TEST(ListenBands, ReachFrom60HzToTheTopOfTheRate) {
  for (const int rate_hz : rates) {
    SCOPED_TRACE(rate_hz);
    const ListenBands bands(rate_hz);
    const double bin_hz = static_cast<double>(rate_hz) / static_cast<double>(bands.window);
    EXPECT_NEAR(static_cast<double>(bands.edges.front()) * bin_hz, 60, bin_hz);
    EXPECT_GT(static_cast<double>(bands.edges.back()) * bin_hz, std::min(16'000.0, 0.45 * rate_hz) / 1.2);
    EXPECT_LE(static_cast<double>(bands.edges.back()) * bin_hz, 16'000 + bin_hz);
    for (std::size_t i = 0; i < bands.count(); ++i) {
      EXPECT_GT(bands.centre_hz(i), static_cast<double>(bands.edges[i]) * bin_hz) << i;
      EXPECT_LT(bands.centre_hz(i), static_cast<double>(bands.edges[i + 1]) * bin_hz) << i;
    }
  }
}

TEST(ListenBands, WindowsArePowersOfTwoOfAbout46Milliseconds) {
  for (const int rate_hz : rates) {
    SCOPED_TRACE(rate_hz);
    const ListenBands bands(rate_hz);
    EXPECT_TRUE(std::has_single_bit(bands.window));
    EXPECT_NEAR(static_cast<double>(bands.window) / rate_hz, 0.046, 0.02);
    EXPECT_EQ(bands.hop * 2, bands.window);
    EXPECT_DOUBLE_EQ(bands.frames_per_s() * static_cast<double>(bands.hop), rate_hz);
  }
  EXPECT_EQ(ListenBands(44'100).window, 2048u);
  EXPECT_EQ(ListenBands(8'000).window, 512u);
}

}  // namespace
}  // namespace echofold::listen_bands_test
