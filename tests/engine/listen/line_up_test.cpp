// Finds cut beginnings to the sample.
#include "engine/listen/line_up.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/stereo_sound.h"

namespace echofold::listen_line_up_test {
namespace {

using namespace test;

constexpr std::size_t reach = LineUp::block_samples / 4;

std::vector<MidSide> mid_side(const StereoSound& sound, std::size_t from = 0) {
  std::vector<MidSide> out;
  for (std::size_t i = from; i < sound.left.size(); ++i)
    out.push_back({(sound.left[i] + sound.right[i]) / 2, (sound.left[i] - sound.right[i]) / 2});
  return out;
}

/// b[i] must be found to sound like a[i + samples].
void expect_found(const std::vector<MidSide>& a, const std::vector<MidSide>& b, std::ptrdiff_t samples) {
  LineUp line_up;
  const auto found = line_up.find(a, b, reach);
  ASSERT_TRUE(found) << samples;
  EXPECT_EQ(found->samples, samples);
}

TEST(LineUp, FindsACutStartToTheSample) {
  const StereoSound music = made_music(1, 5);
  for (const std::size_t cut : {0, 1, 3, 441, 12'345, 30'000}) {
    expect_found(mid_side(music), mid_side(music, cut), static_cast<std::ptrdiff_t>(cut));
    expect_found(mid_side(music, cut), mid_side(music), -static_cast<std::ptrdiff_t>(cut));
  }
}

// Mid and side have changed places: in music that is alike left and right, mid is silent then.
TEST(LineUp, FindsItWithTheRightChannelInverted) {
  StereoSound music = made_music(1, 5);
  music.right = music.left;
  StereoSound inverted = music;
  for (float& sample : inverted.right) sample = -sample;
  for (const std::size_t cut : {0, 12'345}) {
    expect_found(mid_side(music), mid_side(inverted, cut), static_cast<std::ptrdiff_t>(cut));
    expect_found(mid_side(inverted, cut), mid_side(music), -static_cast<std::ptrdiff_t>(cut));
  }
}

TEST(LineUp, OtherMusicIsNotLinedUp) {
  const auto a = mid_side(made_music(1, 5));
  LineUp line_up;
  for (std::uint64_t seed = 2; seed <= 6; ++seed)
    EXPECT_FALSE(line_up.find(a, mid_side(made_music(seed, 5)), reach)) << seed;
}

TEST(LineUp, SilenceIsNotLinedUp) {
  const auto music = mid_side(made_music(1, 5));
  const std::vector<MidSide> silence(music.size());
  LineUp line_up;
  EXPECT_FALSE(line_up.find(music, silence, reach));
  EXPECT_FALSE(line_up.find(silence, music, reach));
  EXPECT_FALSE(line_up.find(silence, silence, reach));
  EXPECT_FALSE(line_up.find({}, {}, reach));
}

TEST(LineUp, AShortPieceIsFound) {
  const StereoSound music = made_music(1, 1);
  expect_found(mid_side(music), mid_side(music, 2000), 2000);
}

}  // namespace
}  // namespace echofold::listen_line_up_test
