// The hashes of the audio: new tags change none, another sample changes them, and damaged files have none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "clips.h"
#include "index/base/error.h"
#include "index/base/hash.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_audio_hashes_test {
namespace {

using test::make_clip;
using test::read_file;
using test::read_track_of;
using test::TempDir;
using test::write_bytes;

AudioTrack payload_of(const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const AudioTrack track = read_track(fd, path.extension().string().substr(1), {{}, true});
  close(fd);
  return track;
}

void retag(const std::filesystem::path& from, const std::filesystem::path& to) {
  make_clip(
      to,
      "-map 0:a -c copy -metadata title='Quite another title' -metadata comment=" + std::string(3000, 'x'),
      "-i " + test::quoted(from));
}

struct Format {
  const char* file;
  const char* options;
};

const std::vector<Format> formats = {
    {"a.mp3", "-b:a 128k"},
    {"a.flac", "-sample_fmt s16"},
    {"b.flac", "-sample_fmt s32 -bits_per_raw_sample 24"},
    {"a.m4a", "-c:a aac"},
    {"b.m4a", "-c:a alac -sample_fmt s16p"},
    {"a.aac", "-c:a aac"},
    {"a.opus", "-c:a libopus"},
    {"a.ogg", "-c:a libvorbis"},
    {"a.oga", "-c:a flac -sample_fmt s16"},
    {"a.wma", "-c:a wmav2"},
    {"a.wv", "-c:a wavpack -sample_fmt s16p"},
    {"a.tta", "-c:a tta -sample_fmt s16"},
    {"a.wav", "-c:a pcm_s16le"},
    {"b.wav", "-c:a pcm_s24le"},
    {"c.wav", "-c:a pcm_mulaw"},
    {"a.aiff", "-write_id3v2 1"},
    {"a.mka", "-c:a flac -sample_fmt s16"},
    {"b.mka", "-c:a libvorbis"},
};

TEST(AudioHashes, NewTagsChangeNothingInAnyFormat) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  for (const Format& format : formats) {
    SCOPED_TRACE(format.file);
    const auto retagged = dir / (std::string("retagged_") + format.file);
    make_clip(dir / format.file, std::string("-t 4 ") + format.options);
    retag(dir / format.file, retagged);
    const bool has_changed = read_file(dir / format.file) != read_file(retagged);
    EXPECT_EQ(has_changed, std::string(format.file) != "a.aac") << "ADTS has no tags";
    const AudioTrack before = read_track_of(dir / format.file), after = read_track_of(retagged);
    ASSERT_TRUE(before.hashes.payload.known());
    const bool whole_numbers = before.properties.lossless || before.properties.codec == "pcm_mulaw";
    EXPECT_EQ(before.hashes.samples.known(), whole_numbers);
    EXPECT_GT(before.hashes.payload_bytes, 10'000u);
    EXPECT_EQ(payload_of(dir / format.file).hashes.payload, before.hashes.payload);
    EXPECT_EQ(payload_of(dir / format.file).hashes.payload_bytes, before.hashes.payload_bytes);
    EXPECT_EQ(payload_of(retagged).hashes.payload, after.hashes.payload);
    EXPECT_EQ(payload_of(retagged).tags, after.tags);
    EXPECT_EQ(payload_of(retagged).properties.container, after.properties.container);
    EXPECT_EQ(after.hashes, before.hashes);
    EXPECT_EQ(after.items, before.items);
  }
}

TEST(AudioHashes, TagsOfAnyKindAroundAnMp3AreNoneOfItsAudio) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "a.mp3", "-t 4 -b:a 128k -id3v2_version 0 -write_id3v1 0");
  const AudioHashes plain = read_track_of(dir / "a.mp3").hashes;
  const std::string id3v2 = std::string("ID3\3\0\0\0\0\x08\0", 10) + std::string(1024, '\0');
  std::string ape = std::string("APETAGEX\xD0\x07\0\0\x20\0\0\0\0\0\0\0\0\0\0\0", 24) + std::string(8, '\0');
  const std::string id3v1 = "TAG" + std::string(125, 'x');
  const std::string audio = read_file(dir / "a.mp3");
  write_bytes(dir / "front.mp3", id3v2 + audio);
  write_bytes(dir / "end.mp3", audio + id3v1);
  write_bytes(dir / "all.mp3", id3v2 + audio + ape + id3v1);
  for (const char* name : {"front.mp3", "end.mp3", "all.mp3"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(read_track_of(dir / name).hashes, plain);
  }
}

TEST(AudioHashes, OneMasterHasOneHashOfSamplesInAllLosslessFormats) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "16.wav", "-t 4 -c:a pcm_s16le");
  make_clip(dir / "24.wav", "-t 4 -c:a pcm_s24le");
  const auto wav = [&](const char* name) { return "-i " + test::quoted(dir / name); };
  const AudioHashes of_16 = read_track_of(dir / "16.wav").hashes,
                    of_24 = read_track_of(dir / "24.wav").hashes;
  EXPECT_NE(of_16.samples, of_24.samples);
  const std::vector<std::pair<std::string, std::string>> copies = {{"a.flac", "-compression_level 12"},
                                                                   {"b.flac", "-compression_level 0"},
                                                                   {"a.m4a", "-c:a alac"},
                                                                   {"a.wv", ""},
                                                                   {"a.tta", ""},
                                                                   {"a.aiff", ""},
                                                                   {"a.mka", "-c:a flac"}};
  for (const auto& [name, options] : copies) {
    SCOPED_TRACE(name);
    make_clip(dir / name, options, wav("16.wav"));
    const AudioHashes hashes = read_track_of(dir / name).hashes;
    EXPECT_EQ(hashes.samples, of_16.samples);
    EXPECT_NE(hashes.payload, of_16.payload);
  }
  make_clip(dir / "24.flac", "", wav("24.wav"));
  make_clip(dir / "24.m4a", "-c:a alac", wav("24.wav"));
  EXPECT_EQ(read_track_of(dir / "24.flac").hashes.samples, of_24.samples);
  EXPECT_EQ(read_track_of(dir / "24.m4a").hashes.samples, of_24.samples);
}

TEST(AudioHashes, OneSampleMakesAnotherHash) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "a.wav", "-t 4 -c:a pcm_s16le");
  const AudioHashes hashes = read_track_of(dir / "a.wav").hashes;
  std::string bytes = read_file(dir / "a.wav");
  bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] ^ 1);
  write_bytes(dir / "b.wav", bytes);
  EXPECT_NE(read_track_of(dir / "b.wav").hashes.samples, hashes.samples);
  EXPECT_NE(read_track_of(dir / "b.wav").hashes.payload, hashes.payload);
  // The same bytes at another rate are different sound.
  bytes = read_file(dir / "a.wav");
  bytes[24] = static_cast<char>(bytes[24] ^ 1);
  write_bytes(dir / "c.wav", bytes);
  EXPECT_NE(read_track_of(dir / "c.wav").hashes.samples, hashes.samples);
  EXPECT_NE(read_track_of(dir / "c.wav").hashes.payload, hashes.payload);
}

TEST(AudioHashes, WhatTheContainerDropsBelongsToThem) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "a.mp3", "-t 4 -b:a 128k -id3v2_version 0");
  std::string bytes = read_file(dir / "a.mp3");
  const std::size_t info = bytes.find("Lav");  // LAME's tag: delay and padding start at its 22nd byte
  ASSERT_NE(info, std::string::npos);
  bytes[info + 21] = static_cast<char>(bytes[info + 21] ^ 0x10);
  write_bytes(dir / "b.mp3", bytes);
  const AudioTrack a = read_track_of(dir / "a.mp3"), b = read_track_of(dir / "b.mp3");
  EXPECT_EQ(a.hashes.payload_bytes, b.hashes.payload_bytes);
  EXPECT_NE(a.properties.duration_s, b.properties.duration_s);
  EXPECT_NE(a.hashes.payload, b.hashes.payload);
}

TEST(AudioHashes, DamageAndALimitLeaveNone) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  make_clip(dir / "a.flac", "-sample_fmt s16");
  EXPECT_EQ(read_track_of(dir / "a.flac", std::chrono::seconds(5)).hashes, AudioHashes{});
  std::string bytes = read_file(dir / "a.flac");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x40);
  write_bytes(dir / "flipped.flac", bytes);
  EXPECT_EQ(read_track_of(dir / "flipped.flac").hashes, AudioHashes{});
  write_bytes(dir / "cut.flac", read_file(dir / "a.flac").substr(0, bytes.size() / 2));
  EXPECT_EQ(read_track_of(dir / "cut.flac").hashes, AudioHashes{});
  write_bytes(dir / "no.flac", "fLaC" + std::string(5000, '\1'));
  EXPECT_THROW(payload_of(dir / "no.flac"), Error);
}

TEST(StreamHash, PartsMakeNoDifferenceAndNothingIsUnknown) {
  StreamHash whole, parts, empty;
  const std::string text(100'000, 'q');
  whole.add(text.data(), text.size());
  for (std::size_t at = 0; at < text.size(); at += 777)
    parts.add(text.data() + at, std::min<std::size_t>(777, text.size() - at));
  EXPECT_EQ(whole.digest(), parts.digest());
  EXPECT_TRUE(empty.digest().known());
  EXPECT_NE(empty.digest(), whole.digest());
}

}  // namespace
}  // namespace echofold::audio_audio_hashes_test
