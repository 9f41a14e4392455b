// Answers of decoding processes: valid ones are decoded unchanged, others are never trusted.
#include "engine/jail/answer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

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
  track.variants = {{-2, {5, 6}}, {1, {}}, {16, {7}}};
  return track;
}

Heard some_heard() {
  Heard heard;
  heard.lined_up = true;
  heard.offset_s = -1.5;
  heard.compared_s = 180;
  heard.rate_hz = 44'100;
  heard.residual = 0.01;
  heard.usual_strength = 0.2;
  heard.gain_db = -6;
  heard.limit_a_hz = 20'000;
  heard.limit_b_hz = 16'000;
  heard.tail_b_s = 3;
  heard.channels = HeardChannels::b_is_mono;
  heard.bursts = {{12, 0.5, 3, BurstKind::silent_in_b, false}, {2, 0.1, 0.5, BurstKind::other, true}};
  return heard;
}

bool is_accepted(const Heard& heard) {
  try {
    decode_answer(encode(JailAnswer{{}, heard}));
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::damaged);
    return false;
  }
}

TEST(Answer, VariantsWithSpeedsThatNoneHasAreRefused) {
  using Variants = std::vector<VariantItems>;
  for (const Variants& wrong : {Variants{{0, {}}}, Variants{{17, {}}}, Variants{{-17, {}}},
                                Variants{{2, {}}, {1, {}}}, Variants{{2, {}}, {2, {}}}}) {
    AudioTrack track = some_track();
    track.variants = wrong;
    EXPECT_THROW(decode_answer(encode(JailAnswer{{}, track})), Error);
  }
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
  EXPECT_EQ(a.variants, b.variants);
  EXPECT_EQ(b.status, TrackStatus::fingerprinted);
}

TEST(Answer, WhatWasHeardComesBackAsItWas) {
  const JailAnswer got = decode_answer(encode(JailAnswer{{true, true, false}, some_heard()}));
  EXPECT_EQ(got.confinement, (Confinement{true, true, false}));
  EXPECT_EQ(std::get<Heard>(got.outcome), some_heard());
  EXPECT_TRUE(is_accepted({}));
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

/// A number of Heard, and values that no music has.
struct BadNumber {
  double Heard::*number;
  std::vector<double> values;
};

TEST(Answer, WhatNoMusicHasWasNotHeard) {
  constexpr double month_s = 30.0 * 24 * 60 * 60;
  const std::vector<BadNumber> all = {
      {&Heard::offset_s, {-month_s, month_s}},
      {&Heard::compared_s, {-1, month_s}},
      {&Heard::residual, {-0.1, 1.1}},
      {&Heard::usual_strength, {-1, 1e9}},
      {&Heard::gain_db, {-2000, 2000}},
      {&Heard::gain_drop_db, {-2000, 2000}},
      {&Heard::gain_rise_db, {-2000, 2000}},
      {&Heard::bass_db, {-2000, 2000}},
      {&Heard::treble_db, {-2000, 2000}},
      {&Heard::equaliser_db, {-2000, 2000}},
      {&Heard::width_db, {-2000, 2000}},
      {&Heard::range_db, {-2000, 2000}},
      {&Heard::level_slope, {-2000, 2000}},
      {&Heard::limit_a_hz, {-1, 1e9}},
      {&Heard::limit_b_hz, {-1, 1e9}},
      {&Heard::head_a_s, {-1, month_s}},
      {&Heard::head_b_s, {-1, month_s}},
      {&Heard::tail_a_s, {-1, month_s}},
      {&Heard::tail_b_s, {-1, month_s}},
      {&Heard::rounded_s, {-1, month_s}},
      {&Heard::equal_s, {-1, month_s}},
      {&Heard::equal_kbps, {-1, 1e9}},
      {&Heard::difference_rms, {-1, 1e9}},
      {&Heard::difference_max, {-1, 1e9}},
      {&Heard::fade_in_s, {-month_s, month_s}},
      {&Heard::fade_out_s, {-month_s, month_s}},
      {&Heard::speed, {0.49, 2.01}},
  };
  for (const BadNumber& bad : all)
    for (double value : bad.values) {
      Heard heard = some_heard();
      heard.*bad.number = value;
      EXPECT_FALSE(is_accepted(heard)) << &bad - all.data() << ": " << value;
      heard.*bad.number = std::nan("");
      EXPECT_FALSE(is_accepted(heard)) << &bad - all.data() << ": not a number";
      heard.*bad.number = std::copysign(std::numeric_limits<double>::infinity(), value);
      EXPECT_FALSE(is_accepted(heard)) << &bad - all.data() << ": infinite";
    }
  Heard heard = some_heard();
  heard.rate_hz = 4'000'000'000;
  EXPECT_FALSE(is_accepted(heard));
}

TEST(Answer, BurstsThatCannotBeAreRefused) {
  for (double HeardBurst::*number : {&HeardBurst::start_s, &HeardBurst::length_s, &HeardBurst::strength})
    for (const double value : {-1.0, 1e9, std::nan("")}) {
      Heard heard = some_heard();
      heard.bursts[1].*number = value;
      EXPECT_FALSE(is_accepted(heard)) << value;
    }
  Heard heard = some_heard();
  std::swap(heard.bursts[0], heard.bursts[1]);
  EXPECT_FALSE(is_accepted(heard)) << "the strongest does not come first";
  heard.bursts.assign(Heard::most_bursts, {});
  EXPECT_TRUE(is_accepted(heard));
  heard.bursts.emplace_back();
  EXPECT_FALSE(is_accepted(heard)) << "too many";
}

void expect_damage_is_refused(const JailOutcome& outcome) {
  const std::string whole = encode(JailAnswer{{true, true, true}, outcome});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_THROW(decode_answer(std::string_view(whole).substr(0, size)), Error) << size;
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = whole;
    damaged[random() % damaged.size()] ^= static_cast<char>(1U << random() % 8);
    EXPECT_THROW(decode_answer(damaged), Error);
  }
}

TEST(Answer, DamagedBytesAreRefused) {
  expect_damage_is_refused(some_track());
  expect_damage_is_refused(some_heard());
}

}  // namespace
}  // namespace echofold::jail_answer_test
