// Finds the exact speed of made music, and none where only the tempo was changed.
#include "engine/listen/speed_finder.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "engine/listen/listen.h"
#include "index/base/fd.h"
#include "index/pair/hearing.h"
#include "tests/engine/listen/made_files.h"

namespace echofold::listen_speed_finder_test {
namespace {

using namespace test;
using Path = std::filesystem::path;

class SpeedFinderTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!have_tool("ffmpeg")) return;
    dir_ = new TempDir;
    write_wav(*dir_ / "song.wav", made_music(1, 40));
    write_wav(*dir_ / "other.wav", made_music(2, 40));
  }
  static void TearDownTestSuite() {
    delete dir_;
    dir_ = nullptr;
  }
  void SetUp() override {
    if (dir_ == nullptr) GTEST_SKIP() << "ffmpeg is not installed";
  }

  static Path song() { return *dir_ / "song.wav"; }
  static Path other() { return *dir_ / "other.wav"; }
  static Path made(const std::string& options) {
    encode(song(), *dir_ / "made.mp3", options + " -b:a 128k");
    return *dir_ / "made.mp3";
  }
  /// 2 % faster and higher, from the first second on.
  static Path faster() { return made("-af atrim=start=1,asetrate=44982,aresample=44100"); }

  static std::optional<PlayedSpeed> found(const Path& a, const Path& b, const PlayedSpeed& expected) {
    const Fd fd_a{open(a.c_str(), O_RDONLY | O_CLOEXEC)}, fd_b{open(b.c_str(), O_RDONLY | O_CLOEXEC)};
    StereoReader reader_a(fd_a.get(), "", {}), reader_b(fd_b.get(), "", {});
    return find_speed(reader_a, reader_b, expected);
  }

  static inline TempDir* dir_ = nullptr;
};

TEST_F(SpeedFinderTest, FindsTheExactSpeedFromARoughOne) {
  for (const double error : {-0.0012, 0.0, 0.0012}) {
    const auto speed = found(song(), faster(), {1.1, 1.02 + error});
    ASSERT_TRUE(speed) << error;
    EXPECT_NEAR(speed->speed, 1.02, 1e-5) << error;
    EXPECT_NEAR(speed->offset_s, 1 + 1.02 * 0.0, 0.03) << error << ": an MP3 begins a little late";
  }
}

TEST_F(SpeedFinderTest, WhatBeginsEarlierIsFoundAsWell) {
  const auto speed = found(faster(), song(), {-1 / 1.02, 1 / 1.02});
  ASSERT_TRUE(speed);
  EXPECT_NEAR(speed->speed, 1 / 1.02, 1e-5);
}

TEST_F(SpeedFinderTest, ATempoThatWasChangedAloneIsNotFound) {
  EXPECT_FALSE(found(song(), made("-af atempo=1.02"), {0, 1.02}));
}

TEST_F(SpeedFinderTest, OtherMusicIsNotFound) { EXPECT_FALSE(found(song(), other(), {0, 1.02})); }

TEST_F(SpeedFinderTest, ListeningComparesAtTheExactSpeed) {
  const Path copy = faster();
  const Fd a{open(song().c_str(), O_RDONLY | O_CLOEXEC)}, b{open(copy.c_str(), O_RDONLY | O_CLOEXEC)};
  const Heard heard = listen({a.get(), "wav"}, {b.get(), "mp3"}, {.offset_s = 1, .speed = 1.0212}, {});
  EXPECT_TRUE(heard.lined_up);
  EXPECT_NEAR(heard.offset_s, 1, 0.03);
  EXPECT_GT(heard.compared_s, 36);
  EXPECT_LT(heard.residual, 0.1) << "in step to the end";
  EXPECT_FALSE(listen({a.get(), "wav"}, {a.get(), "wav"}, {.speed = 1.02}, {}).lined_up);
}

}  // namespace
}  // namespace echofold::listen_speed_finder_test
