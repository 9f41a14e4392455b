// What speaks against acting on the ranking of one pair.
#include "engine/dedupe/doubts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <tuple>

#include "tests/engine/dedupe/crafted_tracks.h"

namespace echofold::dedupe_doubts_test {
namespace {

using namespace test;

/// The doubts about moving `worse` for `better`, which must rank in this order.
std::string doubt_of(const TrackRecord& better, const TrackRecord& worse) {
  const RankReason reason = compare_copies({&better}, {&worse}, {});
  EXPECT_LT(reason.order, 0) << better.path << " " << worse.path;
  return fmt::format("{}", fmt::join(doubts_about({&better}, {&worse}, reason, {}), "; "));
}

TrackRecord measured(TrackRecord track, std::uint16_t used_bits = 16) {
  track.quality.spectrum_windows = 500;
  track.quality.used_bits = used_bits;
  return track;
}

// Each of these losers may be the source of the winner.
TEST(Doubts, WhatACopyCouldHaveLostIsDoubtful) {
  TrackRecord damaged = flac("/m/longer.flac");
  damaged.quality.frames_skipped = 1;
  EXPECT_EQ(doubt_of(lossy("mp3", 128), damaged), "apart from that it is the better copy");
  EXPECT_EQ(doubt_of(flac("/m/b.flac"), damaged), "");
  TrackRecord bad = lossy("mp3", 128);
  bad.quality.frames_skipped = 1;
  EXPECT_EQ(doubt_of(lossy("mp3", 320), bad), "") << "it is the worse copy anyway";
  EXPECT_EQ(doubt_of(lossy("mp3", 64), bad), "apart from that it is the better copy");

  TrackRecord loud = flac("/m/longer.flac");
  loud.quality.clipped_runs = 700;
  EXPECT_EQ(doubt_of(flac("/m/b.flac"), loud), "only the clipping makes it the worse copy");
  EXPECT_EQ(doubt_of(loud, lossy("mp3", 320)), "");
  EXPECT_EQ(doubt_of(measured(flac("/m/honest.flac")), transcode(16'700)), "") << "two signs are enough";
}

TEST(Doubts, ALossyCopyThatReachesAboveATranscodeIsNotMadeFromIt) {
  const TrackRecord fake = transcode(16'700);
  TrackRecord mp3 = lossy("mp3", 320);
  mp3.quality.edge_db = 40;
  mp3.quality.floor_db = -104;
  const auto doubt_at = [&](std::uint32_t cutoff_hz) {
    mp3.quality.cutoff_hz = cutoff_hz;
    return doubt_of(fake, mp3);
  };
  const std::string asks = "its sound reaches higher than that of the suspected transcode";
  EXPECT_EQ(doubt_at(15'000), "");
  EXPECT_EQ(doubt_at(16'900), "") << "two bands are no difference";
  EXPECT_EQ(doubt_at(20'000), asks);
  mp3.quality.edge_db = 12;
  EXPECT_EQ(doubt_at(20'000), "") << "the faint noise of an encoder";
  EXPECT_EQ(doubt_of(fake, lossy("mp3", 320)), "") << "not measured";
  EXPECT_EQ(doubt_of(fake, ending_at(lossy("opus", 96), 20'000)), "")
      << "Opus ends there whatever it was made of";
  EXPECT_EQ(doubt_of(sounding_to(fake, 16), sounding_to(lossy("opus", 96), 19)),
            "its sound reaches to 18.0 kHz, the other's to 16.0 kHz");
}

constexpr const char* lossless_loses = "it is lossless, the other is not";

TEST(Doubts, ALossyFileNeverBeatsALosslessOneUnasked) {
  TrackRecord telephone = flac("/m/a.wav");
  telephone.properties.sample_rate_hz = 8'000;
  telephone.properties.channels = 1;
  EXPECT_EQ(doubt_of(lossy("mp3", 320), telephone), lossless_loses);
  telephone.properties.channels = 2;
  EXPECT_EQ(doubt_of(lossy("mp3", 320), telephone), lossless_loses);
  TrackRecord eight = flac("/m/8.wav");
  eight.properties.bits_per_sample = 8;
  EXPECT_EQ(doubt_of(lossy("mp3", 320), eight), lossless_loses);
  EXPECT_EQ(doubt_of(with_channels(lossy("mp3", 320), 2, 2, 2), with_channels(flac("/m/dual"), 2, 2, 1)),
            lossless_loses);
  EXPECT_EQ(doubt_of(with_channels(lossy("ac3", 448), 6, 6, 6), with_channels(flac("/m/a"), 2, 2, 2)),
            lossless_loses);
}

TEST(Doubts, ATranscodeNeverBeatsAnHonestFileByItsChannelsUnasked) {
  const TrackRecord fake = with_channels(transcode(16'700), 2, 2, 2);
  EXPECT_EQ(doubt_of(fake, with_channels(flac("/m/dual"), 2, 2, 1)), "the other is a suspected transcode");
  TrackRecord fake_dual = with_channels(transcode(16'700), 2, 2, 1);
  fake_dual.path = "/m/dual";
  EXPECT_EQ(doubt_of(fake, fake_dual), "");
}

TEST(Doubts, WhatWasNotMeasuredDecidesNothing) {
  TrackRecord floating = flac("/m/f.wav");
  floating.properties.bits_per_sample = 32;
  EXPECT_EQ(doubt_of(floating, flac("/m/a.flac")), "the bits that the other uses were not measured");
  TrackRecord deep = flac("/m/24.flac");
  deep.properties.bits_per_sample = 24;
  EXPECT_EQ(doubt_of(measured(deep, 24), measured(flac("/m/a.flac"))), "");

  TrackRecord fast = flac("/m/96.flac");
  fast.properties.sample_rate_hz = 96'000;
  EXPECT_EQ(doubt_of(fast, flac("/m/a.flac")), "the spectrum of the other was not measured");
  EXPECT_EQ(doubt_of(measured(fast), measured(flac("/m/a.flac"))), "");

  EXPECT_EQ(doubt_of(flac("/m/unmeasured.flac"), transcode(16'700)),
            "the spectrum of the other was not measured");

  TrackRecord surround = flac("/m/5.1.flac");
  surround.properties.channels = 6;
  const std::string unheard = "the channels of the other were not measured: some may be silent";
  EXPECT_EQ(doubt_of(surround, with_channels(flac("/m/a.flac"), 2, 2, 2)), unheard);
  EXPECT_EQ(doubt_of(surround, flac("/m/a.flac")), unheard);
  constexpr std::string_view other_mix = "the other is surround sound: its stereo mix may differ";
  EXPECT_EQ(doubt_of(with_channels(surround, 6, 6, 6), flac("/m/a.flac")), other_mix);
  EXPECT_EQ(doubt_of(with_channels(surround, 6, 6, 6), with_channels(flac("/m/a.flac"), 2, 2, 2)), other_mix);
  EXPECT_EQ(doubt_of(with_channels(surround, 6, 6, 6), with_channels(surround, 6, 4, 4)), "")
      << "both are surround sound";
}

TEST(Doubts, DsdAndPcmHaveNoCommonMeasure) {
  TrackRecord dsd = measured(flac("/m/a.dsf"), 0);
  dsd.properties.codec = "dsd_lsbf_planar";
  dsd.properties.sample_rate_hz = 2'822'400;
  TrackRecord deep = measured(flac("/m/24.wav"), 24), deeper = measured(flac("/m/32.wav"), 32);
  deep.properties.bits_per_sample = 24;
  deeper.properties.bits_per_sample = 32;
  const std::string doubt = "DSD has no bit depth to compare";
  EXPECT_EQ(doubt_of(dsd, measured(flac("/m/16.wav"))), doubt);
  EXPECT_EQ(doubt_of(dsd, deep), doubt);
  EXPECT_EQ(doubt_of(deeper, dsd), doubt);
}

TEST(Doubts, ALoserThatReachesHigherIsAsked) {
  TrackRecord deep = ending_at(measured(flac("/m/24.flac"), 24), 14'000, 12);
  deep.properties.bits_per_sample = 24;
  EXPECT_EQ(doubt_of(deep, measured(flac("/m/full.flac"))),
            "its sound reaches to 22.1 kHz, the other's to 14.0 kHz");
  const TrackRecord dark = sounding_to(measured(flac("/m/dark.flac")), 4);
  EXPECT_EQ(doubt_of(dark, sounding_to(lossy("mp3", 128), 16)),
            "its sound reaches to 16.0 kHz, the other's to 4.0 kHz");
  EXPECT_EQ(doubt_of(dark, sounding_to(lossy("mp3", 320), 5)), "") << "dark music is dark in both";
  EXPECT_EQ(doubt_of(dark, sounding_to(lossy("mp3", 320), 4, -95)), "") << "the faint noise of an encoder";
  EXPECT_EQ(doubt_of(dark, ending_at(lossy("mp3", 320), 20'000)), "")
      << "that an encoder ends sharply shows nothing";
}

TEST(Doubts, ChannelsThatCancelAreNamed) {
  TrackRecord upside_down = measured(flac("/m/a.flac")), high = lossy("mp3", 320);
  upside_down.quality.mix = high.quality.mix = Mix::side;
  EXPECT_EQ(doubt_of(upside_down, lossy("mp3", 128)), "the other's channels cancel in mono");
  EXPECT_EQ(doubt_of(upside_down, high), "") << "both do";
  EXPECT_EQ(doubt_of(measured(flac("/m/b.flac")), upside_down), "");
  EXPECT_EQ(doubt_of(lossy("mp3", 128), high), "apart from that it is the better copy");
}

TEST(Doubts, LossyFilesEndWhereTheirEncodersDo) {
  EXPECT_EQ(doubt_of(sounding_to(lossy("mp3", 128), 16), sounding_to(lossy("opus", 64), 18)), "");
  EXPECT_EQ(doubt_of(sounding_to(lossy("mp3", 64), 11), sounding_to(lossy("opus", 32), 18)), "");
  EXPECT_EQ(doubt_of(sounding_to(lossy("mp3", 320), 11), sounding_to(lossy("mp3", 160), 17)),
            "its sound reaches to 17.0 kHz, the other's to 11.0 kHz");
  EXPECT_EQ(doubt_of(sounding_to(lossy("mp3", 320), 16), sounding_to(lossy("mp3", 160), 18)),
            "its sound reaches to 18.0 kHz, the other's to 16.0 kHz");
}

TEST(Doubts, AHighBitRateWithoutHighsLosesUnasked) {
  const TrackRecord narrow = sounding_to(ending_at(lossy("mp3", 320), 11'400), 11);
  EXPECT_EQ(doubt_of(sounding_to(lossy("mp3", 192), 18), narrow), "");
  EXPECT_EQ(doubt_of(sounding_to(lossy("mp3", 192), 11), narrow), "its bit rate is higher")
      << "dark music that ends sharply";
  EXPECT_EQ(doubt_of(lossy("mp3", 192), narrow), "its bit rate is higher") << "not measured";
}

// Measured: what swresample and soxr leave above 44.1 kHz music, and the rounding of 16 bits.
TEST(Doubts, AHigherSampleRateWithoutSoundIsNoBetter) {
  const TrackRecord plain = measured(flac("/m/longer name.flac"));
  const std::string asks = "its sample rate is higher, though no more sound was found in it";
  TrackRecord fast = plain;
  for (const auto& [rate, end_hz, edge_db] : {std::tuple{48'000u, 17'000u, 12.0},
                                              {88'200u, 25'668u, 19.3},
                                              {96'000u, 25'313u, 21.2},
                                              {96'000u, 44'250u, -.4},
                                              {192'000u, 75'375u, -1.5}}) {
    fast = ending_at(measured(flac("/m/a.flac")), end_hz, edge_db);
    fast.properties.sample_rate_hz = rate;
    EXPECT_EQ(doubt_of(plain, fast), asks) << rate << " " << end_hz;
  }
  TrackRecord deep = fast;
  deep.properties.bits_per_sample = 24;
  deep.quality.used_bits = 24;
  EXPECT_EQ(doubt_of(deep, plain),
            "the other's sample rate is higher without more sound: it may have been made from this one");
  TrackRecord full = ending_at(fast, 40'000, 12);
  EXPECT_EQ(doubt_of(full, plain), "");
  TrackRecord upsampled = ending_at(measured(flac("/m/a.flac")), 22'000);
  upsampled.properties.sample_rate_hz = 96'000;
  EXPECT_EQ(doubt_of(ending_at(measured(flac("/m/plain.flac")), 22'000), upsampled), "") << "it has the sign";
}

TEST(Doubts, MoreBitsSpeakForALoser) {
  TrackRecord deep = with_channels(measured(flac("/m/mono.flac"), 24), 1, 1, 1);
  deep.properties.bits_per_sample = 24;
  EXPECT_EQ(doubt_of(with_channels(measured(flac("/m/a.flac")), 2, 2, 2), deep),
            "it uses 24 bits, the other 16");
}

TEST(Doubts, ASecondOfSilentSurroundIsNoLoss) {
  EXPECT_EQ(doubt_of(with_channels(measured(flac("/m/a")), 2, 2, 2),
                     with_channels(measured(flac("/m/5.1")), 6, 2, 2)),
            "");
}

TEST(Doubts, WhatTheLoserHoldsIsNamed) {
  TrackRecord video = lossy("aac", 256);
  video.contents = {true, 1, 0, 0, 0, false, false, {7, 7}};
  EXPECT_EQ(doubt_of(flac("/m/a.flac"), video), "has a video that the other lacks");
}

}  // namespace
}  // namespace echofold::dedupe_doubts_test
