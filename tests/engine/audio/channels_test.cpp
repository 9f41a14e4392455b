// Which channels carry sound, and how loud a file is over time, in files made by real encoders.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "clips.h"
#include "engine/audio/channel_meter.h"
#include "engine/audio/level_meter.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_channels_test {
namespace {

using test::make_clip;
using test::TempDir;

const std::string left = "0.3*sin(2000*t)*(1.2+sin(6*t))/2+0.02*(random(0)-0.5)";
const std::string right = "0.3*sin(3000*t)*(1.2+sin(5*t))/2+0.02*(random(1)-0.5)";

class ChannelsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }

  /// @param channels  expressions, separated by "
  /// "
  AudioTrack make(const std::string& file, const std::string& channels, const std::string& options,
                  double seconds = 3) const {
    const std::string& master = master_of(channels, seconds);
    make_clip(dir / file, options, "-i " + test::quoted(dir / master));
    return test::read_track_of(dir / file);
  }

  /// A master of floats, made once.
  const std::string& master_of(const std::string& channels, double seconds) const {
    const auto [entry, is_new] =
        masters_.try_emplace({channels, seconds}, "master" + std::to_string(masters_.size()) + ".wav");
    if (is_new)
      make_clip(dir / entry->second, "-c:a pcm_f32le",
                "-f lavfi -i \"aevalsrc='" + channels + "':s=44100:d=" + std::to_string(seconds) + "\"");
    return entry->second;
  }

  void expect(const AudioTrack& track, unsigned sounding, unsigned distinct, bool dual_mono) const {
    EXPECT_EQ(track.quality.sounding_channels, sounding);
    EXPECT_EQ(track.quality.distinct_channels, distinct);
    EXPECT_EQ(track.quality.dual_mono, dual_mono);
  }

  TempDir dir;

 private:
  mutable std::map<std::pair<std::string, double>, std::string> masters_;
};

const std::vector<std::pair<const char*, const char*>> formats = {
    {"u8.wav", "-c:a pcm_u8"},
    {"s16.wav", "-c:a pcm_s16le"},
    {"s24.wav", "-c:a pcm_s24le"},
    {"s32.wav", "-c:a pcm_s32le"},
    {"f32.wav", "-c:a pcm_f32le"},
    {"f64.wav", "-c:a pcm_f64le"},
    {"s64.mka", "-c:a pcm_s64le"},
    {"mulaw.wav", "-c:a pcm_mulaw"},
    {"a.flac", "-sample_fmt s16"},
    {"b.flac", "-sample_fmt s32 -bits_per_raw_sample 24"},
    {"a.m4a", "-c:a alac"},
    {"a.wv", ""},
    {"a.tta", ""},
    {"8.tta", "-sample_fmt u8"},
    {"a.mp3", "-b:a 192k"},
    {"b.m4a", "-c:a aac -b:a 192k"},
    {"low.m4a", "-c:a aac -b:a 64k"},
    {"a.mp2", "-b:a 128k"},
    {"low.opus", "-c:a libopus -b:a 40k"},
    {"a.ogg", "-c:a libvorbis -q:a 6"},
    {"a.opus", "-c:a libopus -b:a 160k"},
    {"a.wma", "-c:a wmav2 -b:a 192k"},
};

TEST_F(ChannelsTest, StereoDualMonoAndAHalfSilentFileInEveryFormat) {
  for (const auto& [file, options] : formats) {
    SCOPED_TRACE(file);
    expect(make(file, left + "|" + right, options), 2, 2, false);
    expect(make(file, left + "|" + left, options), 2, 1, true);
    expect(make(file, left, options), 1, 1, false);
    if (std::string(file) == "a.wma") continue;  // its encoder spreads what it cannot code over both channels
    expect(make(file, left + "|0", options), 1, 1, false);
    expect(make(file, "0|" + left, options), 1, 1, false);
  }
}

/// Noise in place of treble (AAC), dither (AC-3), and channels that are rounded separately (MP2, Opus).
const std::vector<std::pair<const char*, const char*>> lossy_formats = {
    {"48.m4a", "-c:a aac -b:a 48k"},
    {"96.m4a", "-c:a aac -b:a 96k"},
    {"256.m4a", "-c:a aac -b:a 256k"},
    {"64.mp3", "-b:a 64k"},
    {"64.mp2", "-b:a 64k"},
    {"192.mp2", "-b:a 192k"},
    {"32.opus", "-c:a libopus -b:a 32k"},
    {"128.opus", "-c:a libopus -b:a 128k"},
    {"64.mka", "-c:a ac3 -b:a 64k"},
    {"192.mka", "-c:a ac3 -b:a 192k"}};

TEST_F(ChannelsTest, WhatACodecAddsIsNoSecondChannel) {
  make_clip(dir / "dual.wav", "-t 20 -af 'pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0+.5*c1'");
  make_clip(dir / "quiet.wav", "-t 20 -af 'pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0+.5*c1,volume=-30dB'");
  make_clip(dir / "opposite.wav", "-t 20 -af 'pan=stereo|c0=.5*c0+.5*c1|c1=-.5*c0-.5*c1'");
  for (const auto& [file, options] : lossy_formats)
    for (const std::string from : {"dual", "quiet", "opposite"}) {
      SCOPED_TRACE(from + " " + file);
      make_clip(dir / file, options, "-i " + test::quoted(dir / (from + ".wav")));
      expect(test::read_track_of(dir / file), 2, 1, from != "opposite");
    }
}

TEST_F(ChannelsTest, NarrowStereoIsStereo) {
  // The clip is wide; its side signal is lowered by 34 dB: .02 of it.
  make_clip(dir / "narrow.wav", "-t 20 -af 'pan=stereo|c0=.51*c0+.49*c1|c1=.49*c0+.51*c1'");
  for (const auto& [file, options] : lossy_formats) {
    if (std::string(file) == "48.m4a") continue;  // the encoder itself drops the difference
    SCOPED_TRACE(file);
    make_clip(dir / file, options, "-i " + test::quoted(dir / "narrow.wav"));
    expect(test::read_track_of(dir / file), 2, 2, false);
  }
}

TEST_F(ChannelsTest, SilentExtraChannelsDoNotSound) {
  const std::string stereo_in_six = left + "|" + right + "|0|0|0|0";
  const std::string all_six =
      left + "|" + right + "|0.1*sin(1500*t)|0.1*sin(300*t)|0.02*sin(2500*t)|0.02*sin(900*t)";
  for (const auto& [file, options] :
       {std::pair{"a.flac", "-sample_fmt s16"}, std::pair{"a.ac3", "-f wav -c:a ac3 -b:a 448k"},
        std::pair{"a.wav", "-c:a pcm_s24le"}, std::pair{"a.m4a", "-c:a aac -b:a 384k"},
        std::pair{"u8.wav", "-c:a pcm_u8"}}) {
    SCOPED_TRACE(file);
    const std::string layout = std::string("-channel_layout 5.1 ") + options;
    expect(make(file, stereo_in_six, layout), 2, 2, false);
    EXPECT_EQ(make(file, all_six, layout).quality.sounding_channels, 6);
    EXPECT_EQ(make(file, all_six, layout).quality.distinct_channels, 6);
  }
  // One sound three times, once inverted, and another one.
  expect(make("four.flac", left + "|" + left + "|-(" + left + ")|" + right, "-sample_fmt s16"), 4, 2, false);
}

TEST_F(ChannelsTest, DitherAndHissAreNoSound) {
  const std::string dither = "(random(2)-random(3))/32768", hiss = "0.0005*(random(2)-0.5)";
  expect(make("dither.flac", left + "|" + dither, "-sample_fmt s16"), 1, 1, false);
  expect(make("hiss.flac", left + "|" + hiss, "-sample_fmt s16"), 1, 1, false);
  expect(make("dither.wav", left + "|(random(2)-random(3))/128", "-c:a pcm_u8"), 1, 1, false);
  // Two channels with separate dither are still one sound, also at 8 bits.
  expect(make("dual.flac", left + "+" + dither + "|" + left, "-sample_fmt s16"), 2, 1, true);
  expect(make("dual.wav", left + "+(random(2)-random(3))/128|" + left, "-c:a pcm_u8"), 2, 1, true);
  // A second channel 40 dB down is a separate sound, and so is one that is audible for only two seconds.
  expect(make("quiet.flac", left + "|0.01*(" + right + ")", "-sample_fmt s16"), 2, 2, false);
  expect(make("late.flac", left + "|between(t,1,3)*(" + right + ")", "-sample_fmt s16"), 2, 2, false);
  // All channels are quiet, but louder than dither, so they are audible.
  expect(make("soft.flac", "0.01*(" + left + ")|0.01*(" + right + ")", "-sample_fmt s32"), 2, 2, false);
}

TEST_F(ChannelsTest, WhatIsNotMeasuredIsUnknown) {
  expect(make("silent.wav", "0|0", "-c:a pcm_s16le"), 0, 0, true);
  const AudioTrack none = make("short.wav", left + "|" + left, "-c:a pcm_u8", 0.02);
  expect(none, 0, 0, false);
  EXPECT_EQ(none.quality.spectrum_windows, 0u);
}

TEST_F(ChannelsTest, EightAndSixtyFourBitsAreMeasured) {
  const AudioTrack u8 = make("u8.wav", left + "|" + right, "-c:a pcm_u8");
  EXPECT_EQ(u8.quality.used_bits, 8);
  EXPECT_GE(u8.quality.spectrum_windows, 16u);
  EXPECT_GT(make("loud.wav", "20*(" + left + ")|" + right, "-c:a pcm_u8").quality.clipped_runs, 100u);
  EXPECT_EQ(u8.quality.clipped_runs, 0u);
  const AudioTrack s64 = make("s64.mka", left + "|" + right, "-c:a pcm_s64le");
  EXPECT_GT(s64.quality.used_bits, 24);
  EXPECT_GE(s64.quality.spectrum_windows, 16u);
  EXPECT_EQ(make("f.wav", left, "-c:a pcm_f32le").quality.used_bits, 0);
}

TEST_F(ChannelsTest, LevelsFollowTheSound) {
  // -20 dB, 40 dB less from 2 s to 4 s, silence from 4 s to 6 s.
  const AudioTrack track = make("a.flac", "0.1414*sin(3000*t)*if(lt(t,2),1,if(lt(t,4),0.01,if(lt(t,6),0,1)))",
                                "-sample_fmt s32 -bits_per_raw_sample 24", 7.3);
  const std::vector<std::uint8_t>& curve = track.quality.level_curve;
  ASSERT_EQ(curve.size(), 15u) << ".3 s at the end are more than half a window";
  for (const std::size_t window : {0U, 1U, 2U, 12U, 13U, 14U})
    EXPECT_NEAR(level_db(curve[window]), -20, 1) << window;
  for (const std::size_t window : {5U, 6U}) EXPECT_NEAR(level_db(curve[window]), -60, 1) << window;
  for (const std::size_t window : {9U, 10U}) EXPECT_EQ(curve[window], level_silent) << window;
  EXPECT_EQ(make("b.flac", left, "-sample_fmt s16", 6.1).quality.level_curve.size(), 12u);
  EXPECT_EQ(make("c.flac", left, "-sample_fmt s16", 0.1).quality.level_curve.size(), 1u);
}

TEST_F(ChannelsTest, ACopyInAnotherFormatHasTheSameLevels) {
  make_clip(dir / "a.flac", "-t 20 -sample_fmt s16");
  make_clip(dir / "a.mp3", "-t 20 -b:a 128k");
  const auto levels = test::read_track_of(dir / "a.flac").quality.level_curve,
             of_copy = test::read_track_of(dir / "a.mp3").quality.level_curve;
  ASSERT_GE(levels.size(), 10u);
  ASSERT_EQ(levels.size(), of_copy.size());
  for (std::size_t i = 0; i + 1 < levels.size(); ++i)
    if (level_db(levels[i]) > -70) {
      EXPECT_NEAR(level_db(levels[i]), level_db(of_copy[i]), 1.5) << i;
    }
}

TEST(LevelMeter, WindowsEndAtTheHalfSecondHoweverTheSamplesCome) {
  std::vector<std::int16_t> samples(11'025 * 3 + 5000, 0);
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::int16_t>(i % 2 == 0 ? 1000 + i / 64 : -1000);
  LevelMeter whole(11'025), parts(11'025);
  whole.add(samples);
  for (std::size_t at = 0; at < samples.size(); at += 777)
    parts.add(std::span(samples).subspan(at, std::min<std::size_t>(777, samples.size() - at)));
  EXPECT_EQ(whole.curve().size(), 7u);
  EXPECT_EQ(whole.curve(), parts.curve());
  EXPECT_DOUBLE_EQ(whole.mean_square(), parts.mean_square());
  EXPECT_TRUE(LevelMeter(11'025).curve().empty());
}

TEST(LevelMeter, DirectCurrentIsNoEnergy) {
  LevelMeter constant(11'025), alternating(11'025);
  constant.add(std::vector<std::int16_t>(20'000, 3000));
  std::vector<std::int16_t> samples(20'000, 3000);
  for (std::size_t i = 0; i < samples.size(); i += 2) samples[i] = -3000;
  alternating.add(samples);
  EXPECT_NEAR(constant.mean_square(), 0, 1e-9);
  EXPECT_NEAR(alternating.mean_square(), std::pow(3000 / 32768.0, 2), 1e-6);
  EXPECT_EQ(constant.curve(), alternating.curve());
}

TEST(ChannelMeter, NoNumberIsNoSoundAndNoRepetition) {
  ChannelMeter meter(2, 1e-9);
  for (int i = 0; i < 20; ++i) {
    meter.pairs()[0].window = {std::nan(""), 10, std::nan(""), std::nan("")};
    meter.close_window(100);
  }
  EXPECT_EQ(meter.sounding(1e-8), 1u);
  EXPECT_EQ(meter.distinct(1e-8), 1u);
  EXPECT_FALSE(meter.dual_mono());
}

TEST(ChannelMeter, ManyChannelsAreLeftAlone) {
  ChannelMeter meter(ChannelMeter::most_channels + 1, 1e-9);
  EXPECT_TRUE(meter.pairs().empty());
  meter.close_window(100);
  EXPECT_EQ(meter.sounding(1e-8), 0u);
  EXPECT_FALSE(meter.dual_mono());
}

}  // namespace
}  // namespace echofold::audio_channels_test
