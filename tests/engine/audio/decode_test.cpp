// Damage of every kind: the track is still read, and the damage is reported.
#include <gtest/gtest.h>

#include <algorithm>

#include <bit>
#include <string>

#include "clips.h"
#include "index/base/error.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_decode_test {
namespace {

using test::make_clip;
using test::read_file;
using test::read_track_of;
using test::TempDir;
using test::write_bytes;

double bit_error_rate(Items a, Items b) {
  const std::size_t count = std::min(a.size(), b.size());
  int bits = 0;
  for (std::size_t i = 0; i < count; ++i) bits += std::popcount(a[i] ^ b[i]);
  return static_cast<double>(bits) / (static_cast<double>(count) * item_bits);
}

class Damage : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }
  /// Encodes the clip as `name` and removes its second half.
  AudioTrack cut_in_half(const std::string& name, const std::string& options) {
    make_clip(dir_ / name, options);
    const std::string whole = read_file(dir_ / name);
    write_bytes(dir_ / name, whole.substr(0, whole.size() / 2));
    return read_track_of(dir_ / name);
  }
  TempDir dir_;
};

TEST_F(Damage, AFileThatEndsBeforeItsHeaderSaysIsTruncated) {
  const std::pair<const char*, const char*> headers[] = {{"a.mp3", "-b:a 192k"},
                                                         {"a.flac", ""},
                                                         {"a.wav", ""},
                                                         {"a.aiff", ""},
                                                         {"a.m4a", "-c:a aac -movflags faststart"},
                                                         {"a.wv", "-c:a wavpack"},
                                                         {"a.tta", ""}};
  for (const auto& [name, options] : headers) {
    const AudioTrack track = cut_in_half(name, options);
    EXPECT_TRUE(track.quality.truncated) << name;
    EXPECT_NEAR(track.quality.header_duration_s, 12, 0.1) << name;
    EXPECT_LT(track.properties.duration_s, 9) << name;
    EXPECT_FALSE(track.items.empty()) << name;
  }
}

TEST_F(Damage, AGuessedDurationIsNoClaim) {
  for (const auto& [name, options] :
       {std::pair{"a.aac", "-c:a aac"}, std::pair{"a.mp3", "-b:a 128k -write_xing 0"}}) {
    const AudioTrack track = cut_in_half(name, options);
    EXPECT_TRUE(track.quality.truncated) << name << ": its last frame is cut";
    EXPECT_EQ(track.quality.header_duration_s, 0) << name;
  }
}

TEST_F(Damage, LostFramesAreCountedAndKeepTheTime) {
  make_clip(dir_ / "a.flac", "-sample_fmt s16");
  const AudioTrack good = read_track_of(dir_ / "a.flac");
  std::string bytes = read_file(dir_ / "a.flac");
  for (const std::size_t part : {3u, 4u, 5u}) bytes[bytes.size() * part / 8] ^= 0x10;
  write_bytes(dir_ / "b.flac", bytes);
  const AudioTrack damaged = read_track_of(dir_ / "b.flac");
  EXPECT_EQ(damaged.quality.frames_skipped, 3u);
  EXPECT_FALSE(damaged.quality.truncated);
  EXPECT_NEAR(damaged.properties.duration_s, good.properties.duration_s, 0.001);
  ASSERT_EQ(damaged.items.size(), good.items.size());
  EXPECT_LT(bit_error_rate(damaged.items, good.items), 0.15);
  EXPECT_EQ(damaged.items.front(), good.items.front());
  EXPECT_EQ(damaged.items.back(), good.items.back()) << "what follows the damage must keep its time";
}

TEST_F(Damage, RateAndChannelsMayChangeInMidStream) {
  make_clip(dir_ / "a.mp3", "-b:a 128k -write_xing 0 -id3v2_version 0");
  make_clip(dir_ / "b.mp3", "-ar 22050 -ac 1 -b:a 64k -write_xing 0 -id3v2_version 0");
  write_bytes(dir_ / "c.mp3",
              read_file(dir_ / "a.mp3") + read_file(dir_ / "b.mp3") + read_file(dir_ / "a.mp3"));
  const AudioTrack track = read_track_of(dir_ / "c.mp3");
  EXPECT_NEAR(track.properties.duration_s, 36, 0.5);
  EXPECT_NEAR(static_cast<double>(track.items.size()), seconds_to_items(36), 25);
  EXPECT_EQ(track.properties.sample_rate_hz, 44100u);
}

TEST_F(Damage, FlippedHeaderBytesOfMp3DoNotEndTheProcess) {
  make_clip(dir_ / "a.mp3", "-b:a 128k");
  const std::string whole = read_file(dir_ / "a.mp3");
  for (int bit = 0; bit < 16; ++bit) {
    std::string bytes = whole;
    int frames = 0;
    for (std::size_t at = 2000; at + 4 < bytes.size(); ++at)
      if (bytes[at] == '\xFF' && (bytes[at + 1] & 0xFE) == 0xFA && ++frames % 20 == 0)
        bytes[at + 2 + static_cast<std::size_t>(bit / 8)] ^= static_cast<char>(1 << (bit % 8));
    write_bytes(dir_ / "b.mp3", bytes);
    EXPECT_GT(read_track_of(dir_ / "b.mp3").properties.duration_s, 6) << bit;
  }
}

/// One byte turns a stereo frame into a mono one: swresample then reads past the end of the frame unless it is set up
/// again.
TEST_F(Damage, AnMp3WhoseChannelModeFlipsInOneFrameIsFingerprinted) {
  make_clip(dir_ / "a.mp3", "-b:a 128k");
  const std::vector<Item> whole = read_track_of(dir_ / "a.mp3").items;
  for (const unsigned mode : {0x00U, 0x40U, 0x80U, 0xC0U}) {  // stereo, joint stereo, dual channel, mono
    std::string bytes = read_file(dir_ / "a.mp3");
    std::size_t at = bytes.size() / 2;
    while (bytes[at] != '\xFF' || (bytes[at + 1] & 0xFE) != 0xFA) ++at;
    bytes[at + 3] = static_cast<char>((static_cast<unsigned char>(bytes[at + 3]) & 0x3FU) | mode);
    write_bytes(dir_ / "b.mp3", bytes);
    const AudioTrack track = read_track_of(dir_ / "b.mp3");
    EXPECT_EQ(track.status, TrackStatus::fingerprinted);
    EXPECT_NEAR(static_cast<double>(track.items.size()), static_cast<double>(whole.size()), 2) << mode;
    const std::size_t same = whole.size() / 3;  // the part before it is unaffected
    EXPECT_TRUE(
        std::equal(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(same), track.items.begin()))
        << mode;
  }
}

TEST_F(Damage, AbsurdRatesAreRefused) {
  make_clip(dir_ / "a.wav", "");
  std::string bytes = read_file(dir_ / "a.wav");
  for (const char rate : {'\x01', '\x7F'}) {
    bytes.replace(24, 4, rate == '\x01' ? std::string("\x01\0\0\0", 4) : std::string("\xFF\xFF\xFF\x7F", 4));
    write_bytes(dir_ / "b.wav", bytes);
    EXPECT_THROW(read_track_of(dir_ / "b.wav"), Error);
  }
}

}  // namespace
}  // namespace echofold::audio_decode_test
