// Where one file begins in the other, what only one has at its ends, and long files.
#include "engine/listen/listen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/engine/listen/listening.h"

namespace echofold::listen_ends_test {
namespace {

using namespace test;
using Path = std::filesystem::path;

TEST_F(Listening, TheOffsetIsFoundToTheSample) {
  for (const double begin_s : {0.01, 0.3, 1.7, 6.0})
    for (const double error_s : {-0.5, 0.0, 0.12, 0.5}) {  // of what the fingerprints say
      SCOPED_TRACE(std::to_string(begin_s) + " with an error of " + std::to_string(error_s));
      const std::size_t samples = music().at(begin_s);
      const Path later = file_of("later.wav", cut(music(), samples));
      const double offset_s = static_cast<double>(samples) / 44'100;
      const Heard forwards = heard_of(song(), later, begin_s + error_s);
      expect_judged(forwards, "same");
      EXPECT_DOUBLE_EQ(forwards.offset_s, offset_s);
      EXPECT_NEAR(forwards.head_a_s, begin_s, 0.11);
      EXPECT_EQ(forwards.head_b_s, 0);
      EXPECT_NEAR(forwards.compared_s, length_s - begin_s, 0.2);
      const Heard backwards = heard_of(later, song(), -begin_s - error_s);
      expect_judged(backwards, "same");
      EXPECT_DOUBLE_EQ(backwards.offset_s, -offset_s);
      EXPECT_NEAR(backwards.head_b_s, begin_s, 0.11);
      EXPECT_EQ(backwards.head_a_s, 0);
    }
}

// A loop fits at every repeat; the second one is longer than all blocks that are looked at.
TEST_F(Listening, ALoopMisleadsNobody) {
  const std::pair<double, std::vector<double>> loops[] = {{3.2, {0, -0.1, 0.3}}, {30, {0, -0.1, 0.1}}};
  for (const auto& [loop_s, errors_s] : loops) {
    StereoSound sound = made_music(1, 40);
    const std::size_t period = sound.at(2.0 / 3), end = sound.at(loop_s);
    for (std::size_t i = period; i < end; ++i) {
      sound.left[i] = sound.left[i - period];
      sound.right[i] = sound.right[i - period];
    }
    const Path loop = file_of("loop.wav", sound), later = file_of("later.wav", cut(sound, sound.at(0.5)));
    for (const double error_s : errors_s) {  // of what the fingerprints say
      SCOPED_TRACE(std::to_string(loop_s) + " s, error " + std::to_string(error_s));
      const Heard heard = heard_of(loop, later, 0.5 + error_s);
      expect_judged(heard, "same");
      EXPECT_NEAR(heard.offset_s, 0.5, 1e-4);
      EXPECT_NEAR(heard_of(later, loop, -0.5 - error_s).offset_s, -0.5, 1e-4);
    }
  }
}

TEST_F(Listening, AnOffsetBeyondTheEndIsNoError) {
  for (const double offset_s : {-1000.0, -19.5, 19.5, 1000.0})
    EXPECT_EQ(judge(heard_of(song(), song(), offset_s)).hearing, Hearing::unclear) << offset_s;
}

TEST_F(Listening, WhatOnlyOneHasAtItsEndIsCounted) {
  const Path shorter = made_by_ffmpeg("shorter.flac", "-af atrim=end=15");
  const Heard heard = heard_of(song(), shorter);
  expect_judged(heard, "same");
  EXPECT_NEAR(heard.tail_a_s, length_s - 15, 0.2);
  EXPECT_LT(heard.tail_b_s, 0.1);
}

/// A long file of little work: 20 s again and again, at 8 kHz.
StereoSound long_sound(double seconds) {
  const StereoSound piece = made_music(9, 20, 8000);
  StereoSound sound{8000, {}, {}};
  for (std::size_t i = 0; i < sound.at(seconds); ++i) {
    sound.left.push_back(piece.left[i % piece.left.size()]);
    sound.right.push_back(piece.right[i % piece.right.size()]);
  }
  return sound;
}

// What is compared at a time has ten minutes.
TEST_F(Listening, ALongFileIsComparedToItsEnd) {
  const StereoSound sound = long_sound(660);
  const Path whole = file_of("long.wav", sound);
  expect_judged(heard_of(whole, whole), "same");
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path muted = file_of("muted.wav", changed(changed(sound, 631, 631.4, mute), 120, 120.2, mute));
  const Heard heard = heard_of(whole, muted);
  EXPECT_NEAR(heard.compared_s, 660, 0.3);
  expect_judged(heard, "differs: burst");
  ASSERT_GE(heard.bursts.size(), 2u);
  std::array<double, 2> times{heard.bursts[0].start_s, heard.bursts[1].start_s};
  std::sort(times.begin(), times.end());
  EXPECT_NEAR(times[0], 120, 0.15);
  EXPECT_NEAR(times[1], 631, 0.15);
}

// If they were a part of their own, it would be too short to know that the copy has nothing above 2 kHz.
TEST_F(Listening, SomeFramesAfterTenMinutesAreComparedLikeTheRest) {
  const Path whole = file_of("long.wav", long_sound(600.4));
  encode(whole, *dir_ / "low.wav", "-af aresample=4000,aresample=8000");
  const Heard heard = heard_of(whole, *dir_ / "low.wav");
  expect_judged(heard, "same");
  EXPECT_TRUE(heard.bursts.empty()) << numbers(heard);
  EXPECT_NEAR(heard.compared_s, 600.4, 0.3);
}

}  // namespace
}  // namespace echofold::listen_ends_test
