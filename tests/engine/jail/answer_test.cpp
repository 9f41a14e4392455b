// Answers of decoding processes: valid ones are decoded unchanged, others are never trusted.
#include "engine/jail/answer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace echofold::jail_answer_test {
namespace {

AudioTrack some_track() {
  AudioTrack track;
  track.properties.container = "flac";
  track.properties.codec = "flac";
  track.properties.lossless = true;
  track.properties.duration_s = 12.5;
  track.tags.artist = "Sigur R\xc3\xb3s";
  track.quality.cutoff_hz = 20'000;
  track.hashes = {5, {1, 2}, {3, 4}};
  track.items = {1, 2, 3, 4};
  return track;
}

TEST(Answer, ATrackComesBackAsItWas) {
  const JailAnswer sent{{true, false, true}, some_track()};
  const JailAnswer got = decode_answer(encode(sent));
  EXPECT_EQ(got.confinement, sent.confinement);
  const AudioTrack &a = std::get<AudioTrack>(sent.outcome), &b = std::get<AudioTrack>(got.outcome);
  EXPECT_EQ(a.properties, b.properties);
  EXPECT_EQ(a.tags, b.tags);
  EXPECT_EQ(a.quality, b.quality);
  EXPECT_EQ(a.hashes, b.hashes);
  EXPECT_EQ(a.items, b.items);
  EXPECT_EQ(b.status, TrackStatus::fingerprinted);
}

TEST(Answer, AnErrorKeepsItsText) {
  const JailAnswer got = decode_answer(encode(JailAnswer{{}, Error(Fault::unsupported, "no audio stream")}));
  EXPECT_STREQ(std::get<Error>(got.outcome).what(), "no audio stream");
  EXPECT_EQ(std::get<Error>(got.outcome).fault(), Fault::unsupported);
}

TEST(Answer, NoErrorOfADecoderConcernsMoreThanItsFile) {
  for (const Fault fault :
       {Fault::interrupted, Fault::full, Fault::guard, Fault::locked, Fault::no_database}) {
    const JailAnswer got = decode_answer(encode(JailAnswer{{}, Error(fault, "x")}));
    EXPECT_EQ(std::get<Error>(got.outcome).fault(), Fault::io);
  }
}

TEST(Answer, SenselessFieldsAreMadeSensible) {
  AudioTrack track = some_track();
  track.status = TrackStatus::silent;  // contradicts its items
  track.tags.artist = std::string("a\xff\xfe") + std::string(10'000, 'x');
  track.properties.codec = "\xc3";
  track.properties.duration_s = -std::numeric_limits<double>::infinity();
  track.quality.edge_db = std::nan("");
  const JailAnswer got = decode_answer(encode(JailAnswer{{}, track}));
  const AudioTrack& read = std::get<AudioTrack>(got.outcome);
  EXPECT_EQ(read.status, TrackStatus::fingerprinted);
  EXPECT_LE(read.tags.artist.size(), 4096U);
  EXPECT_EQ(read.properties.codec, "\xef\xbf\xbd");
  EXPECT_EQ(read.properties.duration_s, 0);
  EXPECT_EQ(read.quality.edge_db, 0);
}

TEST(Answer, DamagedBytesAreRefused) {
  const std::string whole = encode(JailAnswer{{true, true, true}, some_track()});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_THROW(decode_answer(std::string_view(whole).substr(0, size)), Error) << size;
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = whole;
    damaged[random() % damaged.size()] ^= static_cast<char>(1U << random() % 8);
    EXPECT_THROW(decode_answer(damaged), Error);
  }
}

}  // namespace
}  // namespace echofold::jail_answer_test
