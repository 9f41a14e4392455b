// Reads the committed clip, and things that are not audio. Needs no other program.
#include "engine/audio/read_track.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "clips.h"
#include "index/base/error.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_read_track_test {
namespace {

using test::clip;
using test::read_file;
using test::read_track_of;
using test::TempDir;
using test::write_bytes;

/// The error of reading `bytes` under `name`; fails the test if there is none.
Error error_of(const std::string& name, const std::string& bytes) {
  const TempDir dir;
  write_bytes(dir / name, bytes);
  try {
    read_track_of(dir / name);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << name << " was read";
  return {Fault::usage, ""};
}

TEST(ReadTrack, DescribesTheClip) {
  const AudioTrack track = read_track_of(clip());
  EXPECT_EQ(track.properties.container, "ogg");
  EXPECT_EQ(track.properties.codec, "vorbis");
  EXPECT_FALSE(track.properties.lossless);
  EXPECT_EQ(track.properties.sample_rate_hz, 44100u);
  EXPECT_EQ(track.properties.bits_per_sample, 0);
  EXPECT_EQ(track.properties.channels, 2);
  EXPECT_NEAR(track.properties.duration_s, 12, 0.01);
  EXPECT_NEAR(track.properties.bit_rate_bps, 65'000, 10'000);
  EXPECT_EQ(track.tags.artist, "Max McCracken");
  EXPECT_EQ(track.tags.title, "Nebula");
  EXPECT_FALSE(track.tags.has_art);
  EXPECT_EQ(track.quality.frames_skipped, 0u);
  EXPECT_FALSE(track.quality.truncated);
  EXPECT_EQ(track.status, TrackStatus::fingerprinted);
  EXPECT_EQ(track.items.size(), 75u);
}

TEST(ReadTrack, LeavesTheDescriptorWhereItWas) {
  const int fd = open(clip().c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_GE(fd, 0);
  lseek(fd, 17, SEEK_SET);
  const auto first = read_track(fd, "ogg");
  EXPECT_EQ(lseek(fd, 0, SEEK_CUR), 17);
  EXPECT_EQ(read_track(fd, "").items, first.items);
  close(fd);
}

TEST(ReadTrack, ALimitGivesTheBeginningOfTheWhole) {
  const AudioTrack whole = read_track_of(clip());
  const AudioTrack part = read_track_of(clip(), std::chrono::seconds(6));
  ASSERT_GT(part.items.size(), 20u);
  ASSERT_LT(part.items.size(), whole.items.size());
  EXPECT_TRUE(std::equal(part.items.begin(), part.items.end(), whole.items.begin()));
  EXPECT_NEAR(part.properties.duration_s, 12, 0.01) << "what the header claims";
  EXPECT_FALSE(part.quality.truncated);
}

TEST(ReadTrack, ContentDecidesNotTheName) {
  const TempDir dir;
  const AudioTrack original = read_track_of(clip());
  for (const char* name : {"a.mp3", "a.flac", "a.txt", "noextension", "a.\xFF\xFE"}) {
    write_bytes(dir / name, read_file(clip()));
    const AudioTrack track = read_track_of(dir / name);
    EXPECT_EQ(track.items, original.items) << name;
    EXPECT_EQ(track.properties, original.properties) << name;
    EXPECT_EQ(track.tags, original.tags) << name;
  }
}

TEST(ReadTrack, CutInAPageIsTruncated) {
  const TempDir dir;
  const std::string whole = read_file(clip());
  write_bytes(dir / "cut.ogg", whole.substr(0, whole.size() / 2));
  const AudioTrack track = read_track_of(dir / "cut.ogg");
  EXPECT_TRUE(track.quality.truncated);
  EXPECT_LT(track.properties.duration_s, 9);
  EXPECT_FALSE(track.items.empty());
}

TEST(ReadTrack, RefusesWhatIsNotAudio) {
  const std::string html = "<!DOCTYPE html><html><body>404</body></html>\n";
  EXPECT_EQ(error_of("empty.mp3", "").fault(), Fault::unsupported);
  EXPECT_EQ(error_of("text.mp3", "hello, this is only text\n").fault(), Fault::unsupported);
  EXPECT_EQ(error_of("text.flac", std::string(100'000, 'x')).fault(), Fault::unsupported);
  EXPECT_EQ(error_of("page.ogg", html).fault(), Fault::unsupported);
  EXPECT_EQ(error_of("zero.wav", std::string(100'000, '\0')).fault(), Fault::unsupported);
  EXPECT_EQ(error_of("head.flac", "fLaC").fault(), Fault::unsupported);
  EXPECT_EQ(error_of("head.ogg", read_file(clip()).substr(0, 60)).fault(), Fault::unsupported);
  EXPECT_FALSE(std::string(error_of("empty.mp3", "").what()).empty());
}

TEST(ReadTrack, RefusesPlaylistsThatLeadToRealAudio) {
  const std::string real = std::filesystem::canonical(clip()).string();
  EXPECT_EQ(error_of("concat.mp3", "ffconcat version 1.0\nfile " + real + "\n").fault(), Fault::unsupported);
  EXPECT_EQ(error_of("hls.mp3", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\n" + real +
                                    "\n#EXT-X-ENDLIST\n")
                .fault(),
            Fault::unsupported);
  EXPECT_EQ(error_of("list.mp3", "#EXTM3U\n" + real + "\n").fault(), Fault::unsupported);
  EXPECT_EQ(error_of("list.pls", "[playlist]\nFile1=" + real + "\n").fault(), Fault::unsupported);
}

TEST(ReadTrack, WhatCannotBeReadIsAnIoError) {
  const auto fault_of = [](int fd) {
    try {
      read_track(fd, "mp3");
    } catch (const Error& error) {
      return error.fault();
    }
    return Fault::usage;
  };
  EXPECT_EQ(fault_of(-1), Fault::io);
  const int folder = open("/", O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(fault_of(folder), Fault::io);
  close(folder);
  const int unreadable = open(clip().c_str(), O_PATH | O_CLOEXEC);
  EXPECT_EQ(fault_of(unreadable), Fault::io);
  close(unreadable);
}

TEST(ReadTrack, StopsOnRequest) {
  std::stop_source stop;
  stop.request_stop();
  const int fd = open(clip().c_str(), O_RDONLY | O_CLOEXEC);
  try {
    read_track(fd, "ogg", {}, stop.get_token());
    ADD_FAILURE() << "not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
  close(fd);
}

TEST(ReadTrack, ThreadsShareNothing) {
  const AudioTrack expected = read_track_of(clip());
  std::vector<AudioTrack> got(4);
  std::vector<std::thread> threads;
  threads.reserve(got.size());
  for (AudioTrack& track : got) threads.emplace_back([&track] { track = read_track_of(clip()); });
  for (std::thread& thread : threads) thread.join();
  for (const AudioTrack& track : got) {
    EXPECT_EQ(track.items, expected.items);
    EXPECT_EQ(track.properties, expected.properties);
  }
}

TEST(ReadTrack, DamageAnywhereNeverEndsTheProcess) {
  const TempDir dir;
  const std::string whole = read_file(clip());
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    std::string bytes = whole;
    std::uint32_t state = seed * 2654435761u;
    for (int i = 0; i < 60; ++i) {
      state = state * 1664525u + 1013904223u;
      bytes[(state >> 8) % (seed % 2 == 0 ? bytes.size() : 6000)] = static_cast<char>(state >> 24);
    }
    write_bytes(dir / "damaged.ogg", bytes);
    try {
      EXPECT_LT(read_track_of(dir / "damaged.ogg").properties.duration_s, 40) << seed;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::unsupported) << seed;
    }
  }
}

}  // namespace
}  // namespace echofold::audio_read_track_test
