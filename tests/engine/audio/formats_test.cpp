// Every format that a scan reads and ffmpeg can write: properties, tags, art, lossless or lossy.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clips.h"
#include "index/base/error.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_formats_test {
namespace {

using test::make_clip;
using test::read_track_of;
using test::TempDir;

struct Format {
  const char* file;
  const char* options;
  const char* codec;
  bool lossless;
  int bits;
  int tags;  // 2: artist, title and album artist; 1: no album artist; 0: none
};

const std::vector<Format> formats = {
    {"a.mp3", "-b:a 128k -write_id3v1 1", "mp3", false, 0, 2},
    {"a.flac", "-sample_fmt s16", "flac", true, 16, 2},
    {"b.flac", "-sample_fmt s32 -bits_per_raw_sample 24", "flac", true, 24, 2},
    {"a.m4a", "-c:a aac", "aac", false, 0, 2},
    {"b.m4a", "-c:a alac -sample_fmt s16p", "alac", true, 16, 2},
    {"a.aac", "-c:a aac", "aac", false, 0, 0},
    {"a.opus", "-c:a libopus", "opus", false, 0, 2},
    {"a.ogg", "-c:a libvorbis", "vorbis", false, 0, 2},
    {"a.oga", "-c:a flac -sample_fmt s16", "flac", true, 16, 2},
    {"a.wma", "-c:a wmav2", "wmav2", false, 0, 2},
    {"a.wv", "-c:a wavpack -sample_fmt s16p", "wavpack", true, 16, 2},
    {"a.tta", "-c:a tta -sample_fmt s16", "tta", true, 16, 2},
    {"a.wav", "-c:a pcm_s16le", "pcm_s16le", true, 16, 1},
    {"b.wav", "-c:a pcm_s24le", "pcm_s24le", true, 24, 1},
    {"c.wav", "-c:a pcm_mulaw", "pcm_mulaw", false, 0, 1},
    {"a.aiff", "-write_id3v2 1", "pcm_s16be", true, 16, 2},
    {"a.mka", "-c:a flac -sample_fmt s16", "flac", true, 16, 2},
};

TEST(Formats, PropertiesAndTags) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  for (const Format& format : formats) {
    SCOPED_TRACE(std::string(format.file) + " " + format.options);
    make_clip(dir / format.file,
              std::string("-metadata title=Größe -metadata artist=A -metadata album_artist=B ") +
                  "-metadata track=3 " + format.options);
    const AudioTrack track = read_track_of(dir / format.file);
    EXPECT_EQ(track.properties.codec, format.codec);
    EXPECT_EQ(track.properties.lossless, format.lossless);
    EXPECT_EQ(track.properties.bits_per_sample, format.bits);
    EXPECT_EQ(track.properties.channels, 2);
    EXPECT_EQ(track.properties.sample_rate_hz, track.properties.codec == "opus" ? 48000u : 44100u);
    EXPECT_NEAR(track.properties.duration_s, 12, 0.05);
    EXPECT_GT(track.properties.bit_rate_bps, 40'000u);
    EXPECT_EQ(track.quality.frames_skipped, 0u);
    EXPECT_FALSE(track.quality.truncated);
    EXPECT_EQ(track.tags.title, format.tags > 0 ? "Größe" : "");
    EXPECT_EQ(track.tags.artist, format.tags > 0 ? "A" : "");
    EXPECT_EQ(track.tags.album_artist, format.tags > 1 ? "B" : "");
    EXPECT_EQ(track.tags.track, format.tags > 0 ? "3" : "");
    EXPECT_FALSE(track.tags.has_art);
    EXPECT_NEAR(static_cast<double>(track.items.size()), 75, 1);
  }
}

TEST(Formats, BitRateIsOfTheAudioAlone) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "cover.png", "-frames:v 1", "-f lavfi -i testsrc=size=900x900,noise=alls=80");
  make_clip(dir / "plain.mp3", "-b:a 320k");
  const std::string both = "-i " + test::quoted(dir / "plain.mp3") + " -i " + test::quoted(dir / "cover.png");
  make_clip(dir / "art.mp3", "-map 0:a -map 1:v -c copy -disposition:v attached_pic", both);
  ASSERT_GT(std::filesystem::file_size(dir / "art.mp3"),
            std::filesystem::file_size(dir / "plain.mp3") + 1'000'000);
  const AudioTrack plain = read_track_of(dir / "plain.mp3");
  const AudioTrack art = read_track_of(dir / "art.mp3");
  EXPECT_TRUE(art.tags.has_art);
  EXPECT_EQ(art.properties, plain.properties);
  EXPECT_EQ(art.items, plain.items);
  EXPECT_NEAR(plain.properties.bit_rate_bps, 320'000, 4'000);
}

TEST(Formats, VideoAndPictures) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "silent.mp4", "-c:v mpeg4", "-f lavfi -i testsrc=d=2");
  make_clip(dir / "picture.jpg", "-frames:v 1", "-f lavfi -i testsrc");
  make_clip(dir / "film.mp4", "-map 0:v -map 1:a -c:v mpeg4 -c:a aac -shortest",
            "-f lavfi -i testsrc=d=12 -i " + test::quoted(test::clip()));
  EXPECT_THROW(read_track_of(dir / "silent.mp4"), Error);
  std::filesystem::rename(dir / "picture.jpg", dir / "picture.mp3");
  EXPECT_THROW(read_track_of(dir / "picture.mp3"), Error);
  EXPECT_EQ(read_track_of(dir / "film.mp4").properties.codec, "aac");
}

/// libav could read it; echofold does not, and the message says which of the two it is.
TEST(Formats, AnotherFormatIsNamed) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "a.ac3", "-c:a ac3");
  try {
    read_track_of(dir / "a.ac3");
    FAIL() << "it was read";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::unsupported);
    EXPECT_STREQ(e.what(), "echofold does not read files of this format: ac3");
  }
}

TEST(Formats, SilentAndTooShort) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "silent.flac", "-t 10", "-f lavfi -i anullsrc");
  make_clip(dir / "short.flac", "-t 1.5");
  EXPECT_EQ(read_track_of(dir / "silent.flac").status, TrackStatus::silent);
  const AudioTrack brief = read_track_of(dir / "short.flac");
  EXPECT_EQ(brief.status, TrackStatus::too_short);
  EXPECT_TRUE(brief.items.empty());
  EXPECT_NEAR(brief.properties.duration_s, 1.5, 0.01);
}

}  // namespace
}  // namespace echofold::audio_formats_test
