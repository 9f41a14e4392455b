// Finds known delays: of noise, of copies by a codec, and none between other sounds.
#include "engine/audio/phase_correlation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/audio/clips.h"
#include "tests/engine/audio/read_stereo.h"
#include "tests/support/stereo_sound.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_phase_correlation_test {
namespace {

using namespace test;

constexpr std::size_t block = 1U << 13;
constexpr double low = 0.01, high = 0.4;

Samples after(const Samples& samples, std::size_t skipped) {
  return {samples.begin() + static_cast<std::ptrdiff_t>(skipped), samples.end()};
}

TEST(PhaseCorrelation, FindsTheDelayOfNoiseToTheSampleInBothDirections) {
  PhaseCorrelation correlation(block);
  const Samples sound = noise(1, 0.5, block + 1000);
  for (const std::size_t delay : {0, 1, 2, 37, 500, 999}) {
    const Delay later = correlation.find(sound, after(sound, delay), 1000, low, high);
    EXPECT_EQ(later.samples, static_cast<std::ptrdiff_t>(delay));
    const Delay earlier = correlation.find(after(sound, delay), sound, 1000, low, high);
    EXPECT_EQ(earlier.samples, -static_cast<std::ptrdiff_t>(delay));
    EXPECT_GT(later.height, 0.5) << delay;
  }
  EXPECT_NEAR(correlation.find(sound, sound, 1000, low, high).height, 1, 0.01);
}

TEST(PhaseCorrelation, LooksNoFurtherThanItIsAsked) {
  PhaseCorrelation correlation(block);
  const Samples sound = noise(1, 0.5, block + 1000);
  const Delay delay = correlation.find(sound, after(sound, 500), 400, low, high);
  EXPECT_LE(std::abs(delay.samples), 400);
  EXPECT_LT(delay.height, 0.1);
}

TEST(PhaseCorrelation, LevelsMakeNoDifference) {
  PhaseCorrelation correlation(block);
  const Samples sound = noise(1, 0.5, block + 50);
  Samples quiet = after(sound, 50);
  for (float& sample : quiet) sample /= 1000;
  const Delay delay = correlation.find(sound, quiet, 100, low, high);
  EXPECT_EQ(delay.samples, 50);
  EXPECT_GT(delay.height, 0.9);
}

TEST(PhaseCorrelation, InvertedSoundHasItsPeakAtTheSameDelay) {
  PhaseCorrelation correlation(block);
  const Samples sound = noise(1, 0.5, block + 50);
  Samples inverted = after(sound, 50);
  for (float& sample : inverted) sample = -sample;
  const Delay delay = correlation.find(sound, inverted, 100, low, high);
  EXPECT_EQ(delay.samples, 50);
  EXPECT_GT(delay.height, 0.9);
}

TEST(PhaseCorrelation, OtherSoundHasNoPeak) {
  PhaseCorrelation correlation(block);
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    EXPECT_LT(correlation.find(noise(seed, 0.5, block), noise(seed + 5, 0.5, block), 2000, low, high).height,
              0.1)
        << seed;
}

TEST(PhaseCorrelation, SilenceHasNoPeak) {
  PhaseCorrelation correlation(block);
  const Samples sound = noise(1, 0.5, block), silence(block, 0);
  EXPECT_LT(correlation.find(sound, silence, 1000, low, high).height, 0.1) << "what rounding leaves";
  EXPECT_LT(correlation.find(silence, sound, 1000, low, high).height, 0.1);
  const Delay delay = correlation.find(silence, silence, 1000, low, high);
  EXPECT_EQ(delay.samples, 0);
  EXPECT_EQ(delay.height, 0);
}

TEST(PhaseCorrelation, ShortBlocksEndInSilence) {
  PhaseCorrelation correlation(block);
  const Samples sound = noise(1, 0.5, 3000);
  EXPECT_EQ(correlation.find(sound, after(sound, 70), 1000, low, high).samples, 70);
}

Samples mid_of(const std::filesystem::path& path) {
  Samples out;
  for (const MidSide& sample : read_stereo(path)) out.push_back(sample.mid);
  return out;
}

TEST(PhaseCorrelation, FindsTheDelayOfCopiesByCodecs) {
  if (!have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  const Samples whole = after(mid_of(clip()), 100'000);
  PhaseCorrelation correlation(1U << 15);
  for (const auto& [name, options] :
       {std::pair{"a.flac", ""}, {"b.mp3", "-b:a 96k"}, {"c.ogg", "-b:a 96k"}}) {
    make_clip(dir / name, std::string("-af atrim=start_sample=777 ") + options);
    const Delay delay = correlation.find(whole, after(mid_of(dir / name), 100'000), 2000, low, 0.25);
    EXPECT_EQ(delay.samples, 777) << name;
    EXPECT_GT(delay.height, 0.3) << name;
  }
}

}  // namespace
}  // namespace echofold::audio_phase_correlation_test
