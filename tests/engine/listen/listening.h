// A piece of music that all tests of listening share, and what they expect to hear.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "index/pair/hearing.h"
#include "tests/engine/listen/made_files.h"

namespace echofold::test {

inline constexpr double length_s = 20;  // of the music

/// A piece of music, as numbers and as a FLAC, which all tests share.
class Listening : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!have_tool("ffmpeg")) return;
    dir_ = new TempDir;
    music_ = new StereoSound(made_music(1, length_s));
    encode(file_of("music.wav", *music_), song(), "");
  }
  static void TearDownTestSuite() {
    delete music_;
    delete dir_;
    music_ = nullptr;
    dir_ = nullptr;
  }
  void SetUp() override {
    if (dir_ == nullptr) GTEST_SKIP() << "ffmpeg is not installed";
  }

  static std::filesystem::path song() { return *dir_ / "song.flac"; }
  static const StereoSound& music() { return *music_; }
  static std::filesystem::path file_of(const std::string& name, const StereoSound& sound) {
    write_wav(*dir_ / name, sound);
    return *dir_ / name;
  }
  /// An MP3 of 192 kb/s: what is found must be found beside what a codec does.
  static std::filesystem::path mp3_of(const StereoSound& sound, const std::string& options = "") {
    encode(file_of("sound.wav", sound), *dir_ / "sound.mp3", options + " -b:a 192k");
    return *dir_ / "sound.mp3";
  }
  static std::filesystem::path made_by_ffmpeg(const std::string& name, const std::string& options) {
    encode(song(), *dir_ / name, options);
    return *dir_ / name;
  }

  static inline TempDir* dir_ = nullptr;
  static inline StereoSound* music_ = nullptr;
};

/// "same", "differs: burst".
inline std::string judged(const Heard& heard) {
  const HearingJudgement judgement = judge(heard);
  return std::string(name_of(judgement.hearing)) +
         (judgement.reason.empty() ? "" : ": " + std::string(judgement.reason));
}

/// What a failed test shows.
inline std::string numbers(const Heard& heard) {
  std::string text = "residual " + std::to_string(heard.residual) + ", equaliser " +
                     std::to_string(heard.equaliser_db) + ", gain " + std::to_string(heard.gain_db) + " -" +
                     std::to_string(heard.gain_drop_db) + " +" + std::to_string(heard.gain_rise_db) +
                     ", channels " + std::string(name_of(heard.channels));
  for (const HeardBurst& burst : heard.bursts)
    text += "\n  " + std::to_string(burst.strength) + " at " + std::to_string(burst.start_s) + " for " +
            std::to_string(burst.length_s) + (burst.in_side ? " side" : "");
  return text;
}

inline void expect_judged(const Heard& heard, const std::string& judgement) {
  EXPECT_EQ(judged(heard), judgement) << numbers(heard);
}

/// The strongest burst begins and ends at these times of the first file.
inline void expect_burst(const Heard& heard, double begin_s, double end_s) {
  expect_judged(heard, "differs: burst");
  ASSERT_FALSE(heard.bursts.empty());
  const HeardBurst& burst = heard.bursts.front();
  EXPECT_NEAR(burst.start_s, begin_s, 0.15) << numbers(heard);
  EXPECT_NEAR(burst.start_s + burst.length_s, end_s, 0.2) << numbers(heard);
}

/// The same numbers, up to what depends on which of the two is the measure of what can be heard.
inline void expect_mirrored(const Heard& there, const Heard& back) {
  const Heard mirrored = exchanged(back);
  EXPECT_EQ(judged(mirrored), judged(there));
  EXPECT_EQ(mirrored.lined_up, there.lined_up);
  EXPECT_EQ(mirrored.rate_hz, there.rate_hz);
  EXPECT_EQ(mirrored.channels, there.channels);
  EXPECT_DOUBLE_EQ(mirrored.offset_s, there.offset_s);
  EXPECT_DOUBLE_EQ(mirrored.compared_s, there.compared_s);
  EXPECT_NEAR(mirrored.residual, there.residual, 0.02);
  EXPECT_NEAR(mirrored.gain_db, there.gain_db, 1);
  EXPECT_NEAR(mirrored.bass_db, there.bass_db, 2);
  EXPECT_DOUBLE_EQ(mirrored.range_db, there.range_db);
  EXPECT_DOUBLE_EQ(mirrored.level_slope, there.level_slope);
  EXPECT_EQ(mirrored.limit_a_hz, there.limit_a_hz);
  EXPECT_EQ(mirrored.limit_b_hz, there.limit_b_hz);
}

}  // namespace echofold::test
