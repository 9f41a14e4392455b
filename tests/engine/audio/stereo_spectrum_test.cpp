// Compares the fast transform with sums of sines.
#include "engine/audio/stereo_spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/stereo_sound.h"

namespace echofold::audio_stereo_spectrum_test {
namespace {

using namespace test;

/// Bin `k` of values[i] * window[i], by the definition.
std::complex<double> bin_of(const Samples& values, const Samples& window, std::size_t k) {
  std::complex<double> sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += static_cast<double>(values[i]) * static_cast<double>(window[i]) *
           std::polar(
               1.0, -2 * std::numbers::pi * static_cast<double>(i * k) / static_cast<double>(values.size()));
  return sum;
}

void expect_equal(std::span<const std::complex<float>> bins, const Samples& values, const Samples& window) {
  for (std::size_t k = 0; k < bins.size(); ++k) {
    const std::complex<double> wanted = bin_of(values, window, k);
    EXPECT_NEAR(bins[k].real(), wanted.real(), 1e-4) << k;
    EXPECT_NEAR(bins[k].imag(), wanted.imag(), 1e-4) << k;
  }
}

TEST(StereoSpectrum, EqualsTheSumsOfMidAndSide) {
  for (const std::size_t count : {16, 256, 1024}) {
    SCOPED_TRACE(count);
    StereoSpectrum spectrum(count, count / 2);
    for (const std::uint64_t seed : {1, 2}) {  // nothing of an earlier window stays
      const Samples mid = noise(seed, 0.5, count), side = noise(seed + 10, 0.3, count),
                    window = noise(seed + 20, 1, count);
      std::vector<MidSide> samples(count);
      for (std::size_t i = 0; i < count; ++i) samples[i] = {mid[i], side[i]};
      spectrum.compute(samples, window);
      ASSERT_EQ(spectrum.mid().size(), count / 2);
      expect_equal(spectrum.mid(), mid, window);
      expect_equal(spectrum.side(), side, window);
    }
  }
}

TEST(StereoSpectrum, ASilentSideStaysSilent) {
  StereoSpectrum spectrum(512, 200);
  std::vector<MidSide> samples(512);
  const Samples mid = sine(1000, 0.5, 512);
  for (std::size_t i = 0; i < 512; ++i) samples[i] = {mid[i], 0};
  spectrum.compute(samples, Samples(512, 1));
  EXPECT_EQ(spectrum.side().size(), 200u);
  for (const auto& bin : spectrum.side()) EXPECT_LT(std::abs(bin), 1e-3);
}

}  // namespace
}  // namespace echofold::audio_stereo_spectrum_test
