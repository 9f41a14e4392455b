// What is measured in the samples of files made by real encoders.
#include <gtest/gtest.h>

#include <string>

#include "clips.h"
#include "engine/dedupe/missing_band.h"
#include "engine/dedupe/quality_signs.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_quality_test {
namespace {

using test::make_clip;
using test::TempDir;

/// 15 s of sound with something in every band: noise that comes and goes, with a bell over it.
const std::string full_band =
    "-f lavfi -i aevalsrc='0.2*(random(0)-0.5)*(1.2+sin(6*t))+0.1*sin(2000*t)|"
    "0.2*(random(1)-0.5)*(1.2+sin(5*t))+0.1*sin(3000*t)':s=44100:d=15";

class QualityTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }

  TrackRecord read(const std::string& file) const {
    const AudioTrack track = test::read_track_of(dir / file);
    TrackRecord record;
    record.status = track.status;
    record.properties = track.properties;
    record.quality = track.quality;
    return record;
  }

  void make(const std::string& file, const std::string& options) const {
    make_clip(dir / file, options, full_band);
  }

  /// Makes `file`, a 16-bit FLAC, from a lossy file.
  void fake(const std::string& file, const std::string& coded, const std::string& options) const {
    make(coded, options);
    make_clip(dir / file, "-sample_fmt s16", "-i " + test::quoted(dir / coded));
  }

  TempDir dir;
};

TEST_F(QualityTest, HonestFileHasNoSign) {
  make("honest.flac", "-sample_fmt s16");
  const TrackRecord track = read("honest.flac");
  EXPECT_EQ(sign_texts(track), std::vector<std::string>{});
  EXPECT_GE(track.quality.spectrum_windows, 50u);
  EXPECT_EQ(track.quality.used_bits, 16);
  EXPECT_EQ(track.quality.clipped_runs, 0u);
  EXPECT_FALSE(track.quality.dual_mono);
}

TEST_F(QualityTest, SpectrumIsMeasuredByTheKilohertz) {
  make("full.flac", "-sample_fmt s16");
  make("quiet.mp3", "-af volume=-12dB -b:a 320k");
  make("slow.wav", "-ar 8000");
  const auto full = read("full.flac").quality.spectrum_curve,
             quiet = read("quiet.mp3").quality.spectrum_curve;
  ASSERT_EQ(full.size(), 20u);
  ASSERT_EQ(quiet.size(), 20u);
  for (std::size_t khz = 2; khz < 18; ++khz) {
    EXPECT_NEAR(level_db(full[khz]), level_db(full[10]), 2) << khz << ": white noise";
    EXPECT_NEAR(level_db(full[khz]) - level_db(quiet[khz]), 12, 2) << khz;
  }
  EXPECT_EQ(read("slow.wav").quality.spectrum_curve.size(), 4u);
  make_clip(dir / "short.wav", "-t 1", full_band);
  EXPECT_TRUE(read("short.wav").quality.spectrum_curve.empty());
}

TEST_F(QualityTest, WhatWasCutIsMissingHoweverItIsPacked) {
  make("honest.mp3", "-b:a 192k");
  make("64.mp3", "-b:a 64k");
  make("8.wav", "-ar 8000");
  make_clip(dir / "again.mp3", "-b:a 320k", "-i " + test::quoted(dir / "64.mp3"));
  make_clip(dir / "again.flac", "-sample_fmt s16", "-i " + test::quoted(dir / "64.mp3"));
  make_clip(dir / "8.flac", "-ar 44100 -sample_fmt s16", "-i " + test::quoted(dir / "8.wav"));
  const TrackRecord honest = read("honest.mp3");
  const auto from = [&](const char* file) {
    const auto band = missing_band(read(file), honest);
    EXPECT_FALSE(missing_band(honest, read(file))) << file;
    return band ? band->from_hz : 0;
  };
  EXPECT_EQ(from("8.flac"), 4'000u);
  for (const char* file : {"again.mp3", "again.flac"}) {
    EXPECT_GE(from(file), 10'000u) << file;
    EXPECT_LE(from(file), 12'000u) << file;
  }
}

// The FLAC contains all there was: anything an encoder adds above it is not sound.
TEST_F(QualityTest, EncodersAddNothingToDarkMusicThatCounts) {
  for (const std::string dark :
       {"lowpass=f=3000:p=2,lowpass=f=3000:p=2", "lowpass=f=6000:p=2,lowpass=f=6000:p=2",
        "volume=-24dB,lowpass=f=4000:p=2"}) {
    make("dark.flac", "-af " + dark + " -sample_fmt s16");
    const TrackRecord source = read("dark.flac");
    const std::string of_flac = "-i " + test::quoted(dir / "dark.flac");
    make_clip(dir / "a.mp3", "-b:a 320k", of_flac);
    make_clip(dir / "b.mp3", "-b:a 128k", of_flac);
    make_clip(dir / "c.m4a", "-c:a aac -b:a 192k", of_flac);
    make_clip(dir / "d.ogg", "-c:a libvorbis -q:a 5", of_flac);
    make_clip(dir / "e.opus", "-c:a libopus -b:a 96k", of_flac);
    for (const char* copy : {"a.mp3", "b.mp3", "c.m4a", "d.ogg", "e.opus"})
      EXPECT_FALSE(missing_band(source, read(copy))) << copy << " of " << dark;
  }
}

TEST_F(QualityTest, LossyInLosslessIsSuspected) {
  fake("mp3_128.flac", "a.mp3", "-c:a libmp3lame -b:a 128k");
  fake("mp3_192.flac", "b.mp3", "-c:a libmp3lame -b:a 192k");
  fake("mp3_320.flac", "c.mp3", "-c:a libmp3lame -b:a 320k");
  for (const char* file : {"mp3_128.flac", "mp3_192.flac", "mp3_320.flac"}) {
    const TrackRecord track = read(file);
    EXPECT_TRUE(has_sign(track, QualitySign::transcode))
        << file << ": " << track.quality.cutoff_hz << " Hz, edge " << track.quality.edge_db << " dB, floor "
        << track.quality.floor_db << " + " << track.quality.floor_spread_db;
  }
  const AudioQuality quality = read("mp3_128.flac").quality;
  EXPECT_GT(quality.cutoff_hz, 15'900u);
  EXPECT_LT(quality.cutoff_hz, 17'500u);
  EXPECT_LT(quality.floor_db, -99);
  EXPECT_FALSE(has_sign(read("a.mp3"), QualitySign::transcode)) << "an MP3 does not pretend";
}

TEST_F(QualityTest, DarkQuietAndOldAreNotSuspected) {
  make("dark.flac", "-af lowpass=f=2500:p=1,lowpass=f=6000:p=2 -sample_fmt s16");
  make("quiet.flac", "-af volume=-40dB -sample_fmt s16");
  make("old.flac", "-af \"lowpass=f=5000,aeval=val(0)+0.004*(random(0)-0.5)\" -ac 1 -sample_fmt s16");
  make("from_32_khz.flac",
       "-af aresample=32000:resampler=soxr,aresample=44100:resampler=soxr -sample_fmt s16");
  for (const char* file : {"dark.flac", "quiet.flac", "old.flac", "from_32_khz.flac"})
    EXPECT_FALSE(has_sign(read(file), QualitySign::transcode)) << file;
}

TEST_F(QualityTest, Clipping) {
  make("loud.flac", "-af volume=20dB -sample_fmt s16");
  const TrackRecord track = read("loud.flac");
  EXPECT_GT(track.quality.clipped_runs, 100u);
  EXPECT_TRUE(has_sign(track, QualitySign::clipped));
}

TEST_F(QualityTest, DualMono) {
  make("dual.flac", "-af \"pan=stereo|c0=c0|c1=c0\" -sample_fmt s16");
  make("mono.flac", "-ac 1 -sample_fmt s16");
  EXPECT_EQ(carried_channels(read("dual.flac")), 1u);
  EXPECT_EQ(sign_texts(read("dual.flac")), std::vector<std::string>{"dual mono"});
  // Each channel has its own dither: still one sound.
  make_clip(dir / "dithered.flac",
            "-af volume=-3dB,aresample=osf=s16:dither_method=triangular -sample_fmt s16",
            "-i " + test::quoted(dir / "dual.flac"));
  EXPECT_EQ(carried_channels(read("dithered.flac")), 1u);
  // A second channel 50 dB down counts.
  make("narrow.flac", "-af \"pan=stereo|c0=c0|c1=c0+0.003*c1\" -sample_fmt s16");
  EXPECT_EQ(carried_channels(read("narrow.flac")), 2u);
  EXPECT_EQ(sign_texts(read("mono.flac")), std::vector<std::string>{});
}

TEST_F(QualityTest, ZeroLowBits) {
  make("plain.flac", "-sample_fmt s16");
  make_clip(dir / "padded.flac", "-sample_fmt s32 -bits_per_raw_sample 24",
            "-i " + test::quoted(dir / "plain.flac"));
  make("deep.flac", "-sample_fmt s32 -bits_per_raw_sample 24");
  ASSERT_EQ(read("padded.flac").properties.bits_per_sample, 24);
  EXPECT_EQ(carried_bits(read("padded.flac")), 16u);
  EXPECT_EQ(sign_texts(read("padded.flac")), std::vector<std::string>{"only 16 of 24 bits used"});
  EXPECT_EQ(carried_bits(read("deep.flac")), 24u);
}

TEST_F(QualityTest, Upsampled) {
  make("up.flac", "-af aresample=96000:resampler=soxr -sample_fmt s32 -bits_per_raw_sample 24");
  make_clip(dir / "true.flac", "-sample_fmt s32 -bits_per_raw_sample 24",
            "-f lavfi -i aevalsrc='0.2*(random(0)-0.5)*(1.2+sin(6*t))|0.2*(random(1)-0.5)':s=96000:d=15");
  EXPECT_TRUE(has_sign(read("up.flac"), QualitySign::upsampled)) << read("up.flac").quality.cutoff_hz;
  EXPECT_EQ(carried_rate_hz(read("up.flac")), 44'100u);
  EXPECT_FALSE(has_sign(read("true.flac"), QualitySign::upsampled));
  EXPECT_EQ(carried_rate_hz(read("true.flac")), 96'000u);
}

TEST_F(QualityTest, Truncated) {
  constexpr std::size_t second = 44'100 * 2 * 2;
  make("cut.wav", "-c:a pcm_s16le");
  const std::string whole = test::read_file(dir / "cut.wav");
  test::write_bytes(dir / "cut.wav", whole.substr(0, whole.size() - 4 * second));
  EXPECT_EQ(sign_texts(read("cut.wav")),
            std::vector<std::string>{"truncated: 4.0 s less than its header says"});
}

TEST_F(QualityTest, TooLittleSoundIsNotMeasured) {
  make("short.flac", "-t 1.5 -sample_fmt s16");
  const TrackRecord track = read("short.flac");
  EXPECT_EQ(track.quality.spectrum_windows, 0u);
  EXPECT_EQ(sign_texts(track), std::vector<std::string>{});
}

}  // namespace
}  // namespace echofold::audio_quality_test
