// Data written around the audio, and what headers say about its length: neither counts as damage while all audio is
// there. missing_end_test.cpp tests the opposite of each case.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "clips.h"
#include "tags_around.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_bookkeeping_test {
namespace {

using test::big_endian;
using test::little_endian;
using test::make_clip;
using test::read_file;
using test::read_track_of;
using test::TempDir;
using test::write_bytes;

class Bookkeeping : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }

  /// Encodes 6 s of the clip.
  std::string made(const std::string& name, const std::string& options) const {
    make_clip(dir_ / name, "-t 6 " + options);
    return read_file(dir_ / name);
  }

  AudioTrack read(const std::string& name, const std::string& bytes) const {
    write_bytes(dir_ / name, bytes);
    return read_track_of(dir_ / name);
  }

  static void expect_sound(const AudioTrack& track, const AudioTrack& plain) {
    EXPECT_EQ(track.quality.frames_skipped, 0U);
    EXPECT_FALSE(track.quality.truncated);
    EXPECT_EQ(track.items, plain.items);
    EXPECT_NEAR(track.properties.duration_s, plain.properties.duration_s, 0.03);
    EXPECT_NEAR(track.properties.bit_rate_bps, plain.properties.bit_rate_bps,
                plain.properties.bit_rate_bps * 0.02);
    EXPECT_TRUE(track.hashes.payload.known());
  }

  TempDir dir_;
};

const std::vector<std::pair<std::string, std::string>> formats = {{"xing.mp3", "-q:a 4"},
                                                                  {"bare.mp3", "-b:a 160k -write_xing 0"},
                                                                  {"a.flac", "-sample_fmt s16"},
                                                                  {"a.ogg", "-c:a libvorbis"},
                                                                  {"a.opus", "-c:a libopus"},
                                                                  {"a.oga", "-c:a flac -sample_fmt s16"},
                                                                  {"a.m4a", "-c:a aac"},
                                                                  {"a.aac", "-c:a aac"},
                                                                  {"a.wv", "-c:a wavpack -sample_fmt s16p"},
                                                                  {"a.tta", "-sample_fmt s16"},
                                                                  {"a.wav", ""},
                                                                  {"a.w64", ""},
                                                                  {"a.aiff", ""},
                                                                  {"a.mka", "-c:a flac -sample_fmt s16"},
                                                                  {"a.wma", "-c:a wmav2"}};

TEST_F(Bookkeeping, TagsPaddingAndJunkBehindTheLastFrame) {
  const std::string html = "<html><head><title>404</title></head><body>Not Found</body></html>\n";
  std::string junk;
  for (int i = 0; i < 60; ++i) junk += html;
  const std::map<std::string, std::string> tails = {
      {"ID3v1", test::id3v1("Title", "Artist")},
      {"APE and ID3v1",
       test::ape_tag({{"Title", "T"}, {"Cover", std::string(90'000, 'c')}}) + test::id3v1("T", "A")},
      {"Lyrics3", test::lyrics3()},
      {"ID3v2 with a footer", test::id3v2(test::id3v2_text("TIT2", "Title"), true)},
      {"ID3v2 without", test::id3v2(test::id3v2_text("TIT2", "Title"))},
      {"zeros", std::string(20'000, '\0')},
      {"a web page", junk}};
  for (const auto& [name, options] : formats) {
    const std::string bytes = made(name, options);
    const AudioTrack plain = read_track_of(dir_ / name);
    for (const auto& [tail, more] : tails) {
      SCOPED_TRACE(name + ": " + tail);
      expect_sound(read(name, bytes + more), plain);
    }
  }
}

TEST_F(Bookkeeping, LongPaddingBehindAFileThatSaysHowLongItIs) {
  for (const auto& [name, options] : formats) {
    if (name == "bare.mp3" || name == "a.aac")
      continue;  // for these, it could as well be an incomplete download
    SCOPED_TRACE(name);
    const std::string bytes = made(name, options);
    const AudioTrack plain = read_track_of(dir_ / name);
    expect_sound(read(name, bytes + std::string(1'500'000, '\0')), plain);
  }
}

/// `bytes` with the part at `at` replaced.
std::string with(std::string bytes, std::size_t at, const std::string& part) {
  return bytes.replace(at, part.size(), part);
}

TEST_F(Bookkeeping, LengthsOfARiffFile) {
  const std::string bytes = made("a.wav", "-bitexact");
  const AudioTrack plain = read_track_of(dir_ / "a.wav");
  const std::size_t data = bytes.find("data") + 4;
  const std::uint64_t riff = bytes.size() - 8, audio = bytes.size() - data - 4;
  const std::vector<std::pair<std::uint64_t, std::uint64_t>> lengths = {{0, 0},
                                                                        {0xFFFFFFFF, 0xFFFFFFFF},
                                                                        {0, audio},
                                                                        {0xFFFFFFFF, audio},
                                                                        {riff + 100'000, audio},
                                                                        {riff / 2, audio},
                                                                        {riff, 0},
                                                                        {riff, 0xFFFFFFFF},
                                                                        {riff, audio / 2},
                                                                        {riff, audio * 2},
                                                                        {0x7FFFF024, 0x7FFFF000},
                                                                        {0x7FFFFFFF, 0x7FFFFFFF},
                                                                        {riff + 1, audio + 1}};
  for (const auto& [form, chunk] : lengths) {
    SCOPED_TRACE("RIFF " + std::to_string(form) + ", data " + std::to_string(chunk));
    const AudioTrack track =
        read("b.wav", with(with(bytes, 4, little_endian(form, 4)), data, little_endian(chunk, 4)));
    expect_sound(track, plain);
    EXPECT_NEAR(track.quality.header_duration_s, 6, 0.1);
  }
}

TEST_F(Bookkeeping, LengthsOfAnAiffFile) {
  const std::string bytes = made("a.aiff", "-bitexact");
  const AudioTrack plain = read_track_of(dir_ / "a.aiff");
  const std::size_t sound = bytes.find("SSND") + 4, count = bytes.find("COMM") + 10;
  const std::uint64_t form = bytes.size() - 8, chunk = bytes.size() - sound - 4, frames = (chunk - 8) / 4;
  const std::map<std::string, std::string> files = {
      {"FORM 0", with(bytes, 4, big_endian(0, 4))},
      {"FORM all ones", with(bytes, 4, big_endian(0xFFFFFFFF, 4))},
      {"FORM too large", with(bytes, 4, big_endian(form + 5'000, 4))},
      {"FORM too small", with(bytes, 4, big_endian(form / 3, 4))},
      {"SSND 0", with(bytes, sound, big_endian(0, 4))},
      {"SSND all ones", with(bytes, sound, big_endian(0xFFFFFFFF, 4))},
      {"SSND too large", with(bytes, sound, big_endian(chunk * 3, 4))},
      {"SSND too small", with(bytes, sound, big_endian(chunk / 2, 4))},
      {"0 frames", with(bytes, count, big_endian(0, 4))},
      {"all ones", with(bytes, count, big_endian(0xFFFFFFFF, 4))},
      {"too many frames", with(bytes, count, big_endian(frames * 2, 4))},
      {"too few frames", with(bytes, count, big_endian(frames / 2, 4))}};
  for (const auto& [name, file] : files) {
    SCOPED_TRACE(name);
    expect_sound(read("b.aiff", file), plain);
  }
}

TEST_F(Bookkeeping, LengthsOfRf64AndW64) {
  const std::string rf64 = made("a.wav", "-rf64 always");
  const AudioTrack plain = read_track_of(dir_ / "a.wav");
  const std::size_t ds64 = rf64.find("ds64");
  for (const std::size_t at : {ds64 + 8, ds64 + 16, ds64 + 24})
    for (const std::uint64_t value :
         {std::uint64_t{0}, std::uint64_t{rf64.size() / 2}, std::uint64_t{1} << 40}) {
      SCOPED_TRACE("RF64 at " + std::to_string(at) + ": " + std::to_string(value));
      expect_sound(read("b.wav", with(rf64, at, little_endian(value, 8))), plain);
    }
  const std::string w64 = made("a.w64", "");
  const std::size_t data = w64.find("data") + 16;
  for (const std::size_t at : {std::size_t{16}, data})
    for (const std::uint64_t value :
         {std::uint64_t{0}, std::uint64_t{w64.size() / 2}, std::uint64_t{1} << 40}) {
      SCOPED_TRACE("W64 at " + std::to_string(at) + ": " + std::to_string(value));
      expect_sound(read("b.w64", with(w64, at, little_endian(value, 8))), plain);
    }
}

TEST_F(Bookkeeping, CountsInTheFirstFrameOfAnMp3) {
  const std::string bytes = made("a.mp3", "-q:a 2");
  const AudioTrack plain = read_track_of(dir_ / "a.mp3");
  const std::size_t xing = std::min(bytes.find("Xing"), bytes.find("Info"));
  const auto number = [&](std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  const std::uint64_t frames = number(xing + 8), size = number(xing + 12);
  for (const auto& [at, value] : std::vector<std::pair<std::size_t, std::uint64_t>>{{8, 0},
                                                                                    {8, frames / 2},
                                                                                    {8, frames * 11 / 10},
                                                                                    {8, frames * 3},
                                                                                    {8, 0xFFFFFFFF},
                                                                                    {12, 0},
                                                                                    {12, size / 2},
                                                                                    {12, size * 2}}) {
    SCOPED_TRACE(std::to_string(at) + ": " + std::to_string(value));
    const AudioTrack track = read("b.mp3", with(bytes, xing + at, big_endian(value, 4)));
    EXPECT_EQ(track.quality.frames_skipped, 0U);
    EXPECT_FALSE(track.quality.truncated);
    EXPECT_NEAR(track.properties.duration_s, 6, 0.1);
    EXPECT_NEAR(track.properties.bit_rate_bps, plain.properties.bit_rate_bps, 3'000);
    EXPECT_LT(track.quality.header_duration_s, 7.1);  // within a second: nothing shows which one is right
  }
}

TEST_F(Bookkeeping, CountsOfAVbriHeader) {
  std::string bytes = made("a.mp3", "-b:a 192k -id3v2_version 0");
  const std::size_t xing = std::min(bytes.find("Xing"), bytes.find("Info"));
  const std::uint64_t frames = (bytes.size() - 1) / 626;
  for (const std::uint64_t count : {frames, frames * 2}) {
    SCOPED_TRACE(count);
    const std::string vbri = "VBRI" + big_endian(1, 2) + big_endian(0, 2) + big_endian(75, 2) +
                             big_endian(bytes.size(), 4) + big_endian(count, 4) + std::string(30, '\0');
    const AudioTrack track = read("b.mp3", with(bytes, xing, vbri));
    EXPECT_FALSE(track.quality.truncated);
    EXPECT_EQ(track.quality.frames_skipped, 0U);
    EXPECT_NEAR(track.properties.duration_s, 6, 0.1);
  }
}

TEST_F(Bookkeeping, TheClockOfTheFileMayBeginLate) {
  for (const auto& [name, options] :
       std::vector<std::pair<std::string, std::string>>{{"a.mka", "-c:a flac"},
                                                        {"b.mka", "-c:a libopus"},
                                                        {"a.wma", "-c:a wmav2"},
                                                        {"a.m4a", "-c:a aac"}}) {
    SCOPED_TRACE(name);
    made(name, "-output_ts_offset 7.5 " + options);
    const AudioTrack track = read_track_of(dir_ / name);
    EXPECT_FALSE(track.quality.truncated) << track.quality.header_duration_s;
    EXPECT_EQ(track.quality.frames_skipped, 0U);
    EXPECT_NEAR(track.properties.duration_s, 6, 0.1);
  }
}

TEST_F(Bookkeeping, AnEditListMayLeaveOutAnEnd) {
  std::string bytes = made("a.m4a", "-c:a aac");
  const std::size_t duration = bytes.find("elst") + 12;
  const AudioTrack track = read("b.m4a", with(bytes, duration, big_endian(4'000, 4)));
  EXPECT_FALSE(track.quality.truncated) << track.quality.header_duration_s;
  EXPECT_NEAR(track.properties.duration_s, 4, 0.1);
  make_clip(dir_ / "c.m4a", "-c copy", "-ss 2 -i " + test::quoted(dir_ / "a.m4a"));
  EXPECT_FALSE(read_track_of(dir_ / "c.m4a").quality.truncated);
}

TEST_F(Bookkeeping, TagsInFrontHideNoFormat) {
  const std::string one = test::large_id3v2(3'000'000),
                    small = test::id3v2(test::id3v2_text("TIT2", "Title"));
  const std::vector<std::string> fronts = {small, one, one + small,
                                           small + small + std::string(2'000, '\0') + one,
                                           test::ape_tag({{"Title", "T"}})};
  for (const auto& [name, options] : formats) {
    const std::string bytes = made(name, options);
    const AudioTrack plain = read_track_of(dir_ / name);
    for (std::size_t i = 0; i < fronts.size(); ++i)
      for (const std::string& other : {name, std::string("a.flac"), std::string("a.xyz")}) {
        if (i != 1 && other != name) continue;
        SCOPED_TRACE(name + ", tag " + std::to_string(i) + ", as " + other);
        const AudioTrack track = read(other, fronts[i] + bytes);
        EXPECT_EQ(track.properties.codec, plain.properties.codec);
        expect_sound(track, plain);
      }
  }
}

TEST_F(Bookkeeping, AMusepackFileBehindALargeTag) {
  if (!test::have_tool("mpcenc")) GTEST_SKIP() << "mpcenc is not installed";
  made("a.wav", "");
  ASSERT_EQ(std::system(("mpcenc --silent --overwrite " + test::quoted(dir_ / "a.wav") + " " +
                         test::quoted(dir_ / "a.mpc") + " >/dev/null 2>&1")
                            .c_str()),
            0);
  const std::string bytes = read_file(dir_ / "a.mpc");
  const AudioTrack plain = read_track_of(dir_ / "a.mpc");
  EXPECT_NEAR(plain.quality.header_duration_s, 6, 0.1);
  expect_sound(read("b.mp3", test::large_id3v2(2'500'000) + bytes + test::ape_tag({{"Title", "T"}})), plain);
}

TEST_F(Bookkeeping, LargeChunksAndCommentsInFrontOfTheAudio) {
  const std::string wav = made("a.wav", "");
  const AudioTrack plain = read_track_of(dir_ / "a.wav");
  const std::string noise(3'000'000, 'n');
  expect_sound(
      read("b.wav", wav.substr(0, 12) + "JUNK" + little_endian(noise.size(), 4) + noise + wav.substr(12)),
      plain);
  const std::string aiff = made("a.aiff", "");
  expect_sound(
      read("b.aiff", aiff.substr(0, 12) + "ANNO" + big_endian(noise.size(), 4) + noise + aiff.substr(12)),
      read_track_of(dir_ / "a.aiff"));
  for (const auto& [name, codec] : {std::pair("a.ogg", "libvorbis"), std::pair("a.opus", "libopus")}) {
    SCOPED_TRACE(name);
    made(name, std::string("-c:a ") + codec);
    const AudioTrack small = read_track_of(dir_ / name);
    write_bytes(dir_ / "tags.txt", ";FFMETADATA1\ntitle=Title\nartist=" + std::string(4'000'000, 'x') + "\n");
    make_clip(dir_ / (std::string("b") + name), "-map 0 -map_metadata 1 -c copy",
              "-i " + test::quoted(dir_ / name) + " -i " + test::quoted(dir_ / "tags.txt"));
    const AudioTrack large = read_track_of(dir_ / (std::string("b") + name));
    EXPECT_EQ(large.items, small.items);
    EXPECT_FALSE(large.quality.truncated);
    EXPECT_EQ(large.quality.frames_skipped, 0U);
  }
}

}  // namespace
}  // namespace echofold::audio_bookkeeping_test
