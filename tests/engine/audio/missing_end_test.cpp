// Files that end early, were never filled, cannot be decoded or are encrypted are reported as such, in every format.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "clips.h"
#include "index/base/error.h"
#include "tags_around.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_missing_end_test {
namespace {

using test::make_clip;
using test::read_file;
using test::read_track_of;
using test::TempDir;
using test::write_bytes;

struct Format {
  const char* name;
  const char* options;
  bool says_how_long;
};

const std::vector<Format> formats = {{"xing.mp3", "-q:a 4", true},
                                     {"bare.mp3", "-b:a 160k -write_xing 0", false},
                                     {"a.flac", "-sample_fmt s16", true},
                                     {"a.ogg", "-c:a libvorbis", false},
                                     {"a.opus", "-c:a libopus", false},
                                     {"a.oga", "-c:a flac -sample_fmt s16", false},
                                     {"fast.m4a", "-c:a aac -movflags faststart", true},
                                     {"alac.m4a", "-c:a alac -movflags faststart", true},
                                     {"a.aac", "-c:a aac", false},
                                     {"a.wv", "-c:a wavpack -sample_fmt s16p", true},
                                     {"a.tta", "-sample_fmt s16", true},
                                     {"a.wav", "", true},
                                     {"rf64.wav", "-rf64 always", true},
                                     {"a.w64", "", true},
                                     {"a.aiff", "", true},
                                     {"a.mka", "-c:a flac -sample_fmt s16", true},
                                     {"a.wma", "-c:a wmav2", true}};

class MissingEnd : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }
  std::string made(const std::string& name, const std::string& options) const {
    make_clip(dir_ / name, options);
    return read_file(dir_ / name);
  }
  AudioTrack read(const std::string& name, const std::string& bytes) const {
    write_bytes(dir_ / name, bytes);
    return read_track_of(dir_ / name);
  }
  std::string why_not(const std::string& name, const std::string& bytes) const {
    try {
      read(name, bytes);
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::unsupported);
      return error.what();
    }
    return "it was read";
  }
  TempDir dir_;
};

TEST_F(MissingEnd, ACutFileIsTruncatedAndNothingElse) {
  for (const Format& format : formats) {
    const std::string bytes = made(format.name, format.options);
    for (const double share : {0.6, 0.85}) {
      SCOPED_TRACE(std::string(format.name) + " " + std::to_string(share));
      const auto size = static_cast<std::size_t>(static_cast<double>(bytes.size()) * share) | 1;
      const AudioTrack track = read(format.name, bytes.substr(0, size));
      EXPECT_TRUE(track.quality.truncated);
      EXPECT_EQ(track.quality.frames_skipped, 0U) << "the cut frame is the cut";
      EXPECT_FALSE(track.hashes.payload.known());
      EXPECT_NEAR(track.quality.header_duration_s, format.says_how_long ? 12 : 0, 0.1);
      EXPECT_LT(track.properties.duration_s, 12 * share + 1);
    }
  }
}

TEST_F(MissingEnd, ACutFileWithTagsBehindTheCutIsTruncated) {
  for (const Format& format : formats) {
    SCOPED_TRACE(format.name);
    const std::string bytes = made(format.name, format.options);
    const AudioTrack track =
        read(format.name, bytes.substr(0, bytes.size() * 2 / 3 | 1) + test::id3v1("Title", "Artist"));
    EXPECT_TRUE(track.quality.truncated);
  }
}

/// An incomplete download that had reserved its space. In PCM, zeros are silence.
TEST_F(MissingEnd, AnEndThatWasNeverFilledIsMissing) {
  for (const Format& format : formats) {
    const std::string name = format.name;
    if (name.ends_with(".wav") || name == "a.w64" || name == "a.aiff") continue;
    SCOPED_TRACE(name);
    const std::string bytes = made(name, format.options);
    const std::size_t have = bytes.size() / 2;
    const AudioTrack track = read(name, bytes.substr(0, have) + std::string(bytes.size() - have, '\0') +
                                            (name == "bare.mp3" ? std::string(300'000, '\0') : ""));
    EXPECT_TRUE(track.quality.truncated || track.quality.frames_skipped > 0);
    EXPECT_LT(track.properties.duration_s, 9);
  }
}

TEST_F(MissingEnd, TheLastFrameOfAFlacMayBeDamagedLikeAnyOther) {
  std::string bytes = made("a.flac", "-sample_fmt s16");
  bytes[bytes.size() - 900] ^= 0x10;
  const AudioTrack track = read("b.flac", bytes);
  EXPECT_EQ(track.quality.frames_skipped, 1U);
  EXPECT_FALSE(track.quality.truncated);
}

TEST_F(MissingEnd, AnMp4WithoutItsIndexSaysSo) {
  const std::string bytes = made("a.m4a", "-c:a aac");
  EXPECT_NE(why_not("b.m4a", bytes.substr(0, bytes.size() / 2)).find("index (moov)"), std::string::npos);
}

/// Replaces the bytes from `begin` on by the same noise in every run.
std::string garbled(std::string bytes, std::size_t begin) {
  std::mt19937 random(5);  // NOLINT: the same each time
  for (std::size_t at = begin; at < bytes.size(); ++at) bytes[at] = static_cast<char>(random());
  return bytes;
}

TEST_F(MissingEnd, AFileOfWhichNearlyNothingDecodesIsFailed) {
  for (const auto& [name, options] :
       std::vector<std::pair<std::string, std::string>>{{"a.m4a", "-c:a aac -movflags faststart"},
                                                        {"b.m4a", "-c:a alac -movflags faststart"},
                                                        {"a.mp3", "-b:a 128k"},
                                                        {"a.aac", "-c:a aac"},
                                                        {"a.tta", "-sample_fmt s16"}}) {
    SCOPED_TRACE(name);
    const std::string bytes = made(name, options);
    const std::size_t mdat = bytes.find("mdat");
    const std::size_t audio = mdat == std::string::npos ? 1'200 : mdat + 4;
    const std::size_t begin = audio + (bytes.size() - audio) / 50;
    const std::string why = why_not(name, garbled(bytes, begin));
    EXPECT_NE(why.find("audio can be decoded"), std::string::npos) << why;
    if (name == "a.mp3" || name == "a.aac") {
      EXPECT_NE(why.find(" of "), std::string::npos) << why;
    }
    // If a third decodes, the file is damaged or truncated, but not failed.
    const AudioTrack third = read(name, garbled(bytes, audio + (bytes.size() - audio) / 3));
    EXPECT_TRUE(third.quality.truncated || third.quality.frames_skipped > 0);
    EXPECT_EQ(third.status, TrackStatus::fingerprinted);
  }
}

TEST_F(MissingEnd, EncryptedFilesAreNamedSo) {
  const std::string m4a = made("a.m4a", "-c:a aac");
  for (const char* kind : {"drms", "enca", "aavd"}) {
    std::string bytes = m4a;
    bytes.replace(bytes.find("mp4a", bytes.find("stsd")), 4, kind);
    EXPECT_EQ(why_not("b.m4a", bytes), "it is encrypted (DRM)") << kind;
  }
  std::string wma = made("a.wma", "-c:a wmav2");
  const std::string object =
      std::string("\xFB\xB3\x11\x22\x23\xBD\xD2\x11\xB4\xB7\x00\xA0\xC9\x55\xFC\x6E", 16) +
      test::little_endian(40, 8) + std::string(16, '\0');
  const auto header =
      static_cast<unsigned char>(wma[16]) | static_cast<unsigned>(static_cast<unsigned char>(wma[17])) << 8;
  wma.replace(16, 2, test::little_endian(header + object.size(), 2));
  wma[24] = static_cast<char>(wma[24] + 1);
  wma.insert(30, object);
  EXPECT_EQ(why_not("b.wma", wma), "it is encrypted (DRM)");
}

TEST_F(MissingEnd, AnEncryptedMatroskaIsNamedSo) {
  std::string mka = made("a.mka", "-c:a libopus -write_crc32 0 -metadata:s:a title=");
  // ContentEncodings > ContentEncoding > type 1, ContentEncryption > algorithm AES, key id.
  const std::string encodings(
      "\x6D\x80\x94\x62\x40\x91\x50\x33\x81\x01\x50\x35\x8A\x47\xE1\x81\x05\x47\xE2\x83key", 23);
  const std::size_t tracks = mka.rfind("\x16\x54\xAE\x6B"), entry = mka.find('\xAE', tracks + 5);
  const auto vint = [&](std::size_t at) {  // as ffmpeg writes lengths: any number of bytes
    int bytes = 1;
    for (auto first = static_cast<unsigned char>(mka[at]); (first & 0x80) == 0;
         first = static_cast<unsigned char>(first << 1))
      ++bytes;
    return bytes;
  };
  const auto grow = [&](std::size_t at) {
    const int bytes = vint(at);
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i)
      value = value << 8 | static_cast<unsigned char>(mka[at + static_cast<std::size_t>(i)]);
    mka.replace(at, static_cast<std::size_t>(bytes), test::big_endian(value + encodings.size(), bytes));
  };
  const std::size_t segment = mka.find("\x18\x53\x80\x67");
  const std::size_t inside = entry + 1 + static_cast<std::size_t>(vint(entry + 1));
  grow(segment + 4);
  grow(tracks + 4);
  grow(entry + 1);
  mka.insert(inside, encodings);
  EXPECT_EQ(why_not("b.mka", mka), "it is encrypted (DRM)");
}

}  // namespace
}  // namespace echofold::audio_missing_end_test
