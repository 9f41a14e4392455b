// Channels that cancel each other out are fingerprinted with another mix, and match their normal copy.
#include "engine/audio/channel_mix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "clips.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_channel_mix_test {
namespace {

using test::make_clip;
using test::TempDir;

class ChannelMixTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    make_clip(dir / "normal.flac", "-t 20 -sample_fmt s16");
  }

  /// Passes the clip through `filter` and an encoder.
  AudioTrack make(const std::string& file, const std::string& filter, const std::string& options = "") const {
    make_clip(dir / file, "-af \"" + filter + "\" " + options, "-i " + test::quoted(dir / "normal.flac"));
    return test::read_track_of(dir / file);
  }

  /// The share of bits that differ; 1 if the lengths differ.
  static double bit_errors(const AudioTrack& a, const AudioTrack& b) {
    const std::size_t count = std::min(a.items.size(), b.items.size());
    if (count < 60 || std::max(a.items.size(), b.items.size()) > count + 2) return 1;
    std::size_t errors = 0;
    for (std::size_t i = 0; i < count; ++i)
      errors += static_cast<std::size_t>(std::popcount(a.items[i] ^ b.items[i]));
    return static_cast<double>(errors) / static_cast<double>(32 * count);
  }

  TempDir dir;
};

const std::string inverted = "pan=stereo|c0=c0|c1=-1*c1";

TEST_F(ChannelMixTest, OneChannelUpsideDownInEveryFormat) {
  const AudioTrack normal = test::read_track_of(dir / "normal.flac");
  EXPECT_EQ(normal.quality.mix, Mix::mono);
  for (const auto& [file, options] :
       {std::pair{"a.flac", ""}, std::pair{"b.flac", "-sample_fmt s32"}, std::pair{"u8.wav", "-c:a pcm_u8"},
        std::pair{"f32.wav", "-c:a pcm_f32le"}, std::pair{"f64.wav", "-c:a pcm_f64le"},
        std::pair{"s64.mka", "-c:a pcm_s64le"}, std::pair{"a.m4a", "-c:a alac"},
        std::pair{"a.mp3", "-b:a 128k"}, std::pair{"b.m4a", "-c:a aac -b:a 128k"},
        std::pair{"a.opus", "-c:a libopus -b:a 96k"}, std::pair{"a.ogg", "-c:a libvorbis"}}) {
    SCOPED_TRACE(file);
    const AudioTrack track = make(file, inverted, options);
    EXPECT_EQ(track.quality.mix, Mix::side);
    EXPECT_EQ(track.status, TrackStatus::fingerprinted);
    EXPECT_LT(bit_errors(track, normal), 0.03);
    const auto levels = track.quality.level_curve, of_normal = normal.quality.level_curve;
    ASSERT_EQ(levels.size(), of_normal.size());
    for (std::size_t i = 1; i + 1 < levels.size(); ++i)
      EXPECT_NEAR(level_db(levels[i]), level_db(of_normal[i]), 1.5) << i;
  }
}

TEST_F(ChannelMixTest, GainAndDelayBetweenTheChannels) {
  // As narrow as most music: the clip is wide.
  const std::string narrow = "pan=stereo|c0=0.8*c0+0.2*c1|c1=0.2*c0+0.8*c1,";
  const AudioTrack normal = make("narrow.flac", narrow + "volume=-1dB");
  for (const auto& [file, filter] :
       {std::pair{"1db.mp3", "pan=stereo|c0=c0|c1=-0.89*c1"},
        std::pair{"2db.mp3", "pan=stereo|c0=-0.79*c0|c1=c1"},
        std::pair{"late.mp3", "pan=stereo|c0=c0|c1=-1*c1,adelay=delays=0S|2S"}}) {
    SCOPED_TRACE(file);
    const AudioTrack track = make(file, narrow + filter, "-b:a 160k");
    EXPECT_EQ(track.quality.mix, Mix::side);
    EXPECT_LT(bit_errors(track, normal), 0.08);
  }
}

TEST_F(ChannelMixTest, RightIsMinusLeft) {
  const AudioTrack mono = make("mono.flac", "pan=mono|c0=0.5*c0+0.5*c1");
  const std::string cancels = "pan=mono|c0=0.5*c0+0.5*c1,pan=stereo|c0=c0|c1=-1*c0";
  for (const char* file : {"a.flac", "a.mp3", "a.wav"}) {
    SCOPED_TRACE(file);
    const AudioTrack track = make(file, cancels);
    EXPECT_EQ(track.status, TrackStatus::fingerprinted) << "it was silent";
    EXPECT_EQ(track.quality.mix, Mix::side);
    EXPECT_LT(bit_errors(track, mono), 0.02);
    EXPECT_FALSE(track.quality.dual_mono);
  }
  EXPECT_EQ(make("a.flac", cancels).quality.distinct_channels, 1) << "the second one adds nothing";
  // The first seconds alone give the same result.
  const AudioTrack begin = test::read_track_of(dir / "a.flac", std::chrono::seconds(10));
  EXPECT_EQ(begin.quality.mix, Mix::side);
  EXPECT_EQ(begin.quality.level_curve.size(), 20u);
}

TEST_F(ChannelMixTest, ChannelsOfSurroundThatCancel) {
  const AudioTrack mono = make("mono.flac", "pan=mono|c0=0.5*c0+0.5*c1");
  for (const std::string layout : {"FL=c0|FR=-1*c0", "BL=c0|BR=-0.9*c0", "LFE=c0"}) {
    SCOPED_TRACE(layout);
    const AudioTrack track = make("six.flac", "pan=mono|c0=0.5*c0+0.5*c1,pan=5.1|" + layout);
    EXPECT_EQ(track.quality.mix, Mix::loudest_channel);
    EXPECT_LT(bit_errors(track, mono), 0.02);
  }
  for (const std::string layout : {"FL=c0|FR=c1", "BL=c0", "FC=c0", "FL=c0|FR=c1|FC=c0|BL=-1*c0|BR=-1*c1"})
    EXPECT_EQ(make("six.flac", "pan=5.1|" + layout).quality.mix, Mix::mono) << layout;
}

TEST_F(ChannelMixTest, WhatDoesNotCancelIsLeftAlone) {
  for (const std::string filter :
       {"pan=stereo|c0=c0|c1=c0", "pan=stereo|c0=c0|c1=0*c0", "pan=stereo|c0=0*c0|c1=c1", "extrastereo=m=1.5",
        // One channel a millisecond late, and opposite direct currents that are louder than the music.
        "adelay=delays=0|1", "volume=-30dB,aeval=val(0)+0.2|val(1)-0.2"})
    EXPECT_EQ(make("a.flac", filter).quality.mix, Mix::mono) << filter;
  EXPECT_EQ(make("silent.flac", "volume=0").quality.mix, Mix::mono);
  EXPECT_EQ(make("silent.flac", "volume=0").status, TrackStatus::silent);
}

}  // namespace
}  // namespace echofold::audio_channel_mix_test
