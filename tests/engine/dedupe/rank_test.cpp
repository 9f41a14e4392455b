// The order of the copies: each rule, its reason, and that it is one strict order.
#include "engine/dedupe/rank.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/dedupe/quality_signs.h"

namespace echofold {
namespace {

TrackRecord flac(const std::string& path) {
  TrackRecord track;
  track.id = 1;
  track.path = path;
  track.properties = {"flac", "flac", true, 900'000, 44'100, 16, 2, 200};
  track.stamp.mtime_ns = 1'000;
  return track;
}

TrackRecord lossy(const std::string& codec, std::uint32_t kbps) {
  TrackRecord track = flac("/m/x." + codec);
  track.properties = {codec, codec, false, kbps * 1000, 44'100, 0, 2, 200};
  return track;
}

/// The reason why `better` wins; empty when it does not.
std::string reason(const TrackRecord& better, const TrackRecord& worse, const RankSettings& settings = {},
                   std::uint32_t album_of_better = 0) {
  const Ranked a{&better, album_of_better}, b{&worse, 0};
  const RankReason one = compare_copies(a, b, settings), other = compare_copies(b, a, settings);
  EXPECT_EQ(one.order, -other.order);
  EXPECT_EQ(one.better, other.better);
  return one.order < 0 ? std::string(one.better) : "";
}

TEST(Rank, EachRuleDecidesBeforeTheNext) {
  TrackRecord worse = flac("/music/a.flac");
  RankSettings settings;
  settings.protected_folders = {"/safe"};

  TrackRecord kept = lossy("mp3", 64);
  kept.path = "/safe/a.mp3";
  EXPECT_EQ(reason(kept, worse, settings), "protected folder");

  TrackRecord damaged = worse;
  damaged.quality.frames_skipped = 1;
  EXPECT_EQ(reason(lossy("mp3", 64), damaged), "decodes cleanly");
  TrackRecord cut = worse;
  EXPECT_LT(compare_copies({&damaged}, {&cut, 0, 2.5}, {}).order, 0);

  EXPECT_EQ(reason(worse, lossy("mp3", 320)), "lossless");

  TrackRecord deep = worse;
  deep.properties.bits_per_sample = 24;
  deep.properties.sample_rate_hz = 32'000;
  EXPECT_EQ(reason(deep, worse), "higher bit depth");
  TrackRecord fast = worse;
  fast.properties.sample_rate_hz = 96'000;
  fast.properties.channels = 1;
  EXPECT_EQ(reason(fast, worse), "higher sample rate");
  TrackRecord mono = worse;
  mono.properties.channels = 1;
  EXPECT_EQ(reason(worse, mono), "more channels");
  EXPECT_EQ(reason(lossy("mp3", 320), lossy("mp3", 128)), "higher bit rate");
  EXPECT_EQ(reason(worse, flac("/music/b.flac"), {}, 12), "fuller album folder");

  TrackRecord tagged = flac("/music/b (1).flac");
  tagged.tags.artist = "Somebody";
  EXPECT_EQ(reason(tagged, worse), "fuller tags");
  EXPECT_EQ(reason(flac("/music/much longer.flac"), flac("/music/b (1).flac")), "clean file name");

  TrackRecord old = flac("/music/longer.flac");
  old.stamp.mtime_ns = 1;
  EXPECT_EQ(reason(old, worse), "older file");
  EXPECT_EQ(reason(worse, flac("/music/longer.flac")), "shorter path");
  EXPECT_EQ(reason(worse, flac("/music/b.flac")), "first by path");
}

/// A FLAC whose measurements are those of one made from an MP3 with this cut-off.
TrackRecord transcode(std::uint32_t cutoff_hz) {
  TrackRecord track = flac("/m/fake.flac");
  track.quality.spectrum_windows = 500;
  track.quality.cutoff_hz = cutoff_hz;
  track.quality.edge_db = 50;
  track.quality.floor_db = -104;
  track.quality.floor_spread_db = 3;
  return track;
}

/// Why `worse` loses to `better`.
std::string reason_against(const TrackRecord& worse, const TrackRecord& better) {
  const RankReason found = compare_copies({&better}, {&worse}, {});
  return found.order < 0 ? why_worse(found, {&worse}) : "it does not";
}

TEST(Rank, NothingInTrashStaysForWhatLiesOutside) {
  TrackRecord thrown = flac("/safe/#recycle/a.flac");
  RankSettings settings;
  settings.protected_folders = {"/safe"};
  TrackRecord outside = lossy("mp3", 64);
  outside.quality.frames_skipped = 9;
  EXPECT_EQ(reason(outside, thrown, settings), "not in a trash or snapshot folder");
  EXPECT_FALSE(compare_copies({&outside}, {&thrown}, {}).doubt.empty()) << "the better format goes to review";
  TrackRecord same = flac("/music/a.flac");
  EXPECT_EQ(reason(same, thrown), "not in a trash or snapshot folder");
  EXPECT_TRUE(compare_copies({&same}, {&thrown}, {}).doubt.empty());
  TrackRecord also_thrown = lossy("mp3", 320);
  also_thrown.path = "/music/.snapshots/1/a.mp3";
  EXPECT_EQ(reason(thrown, also_thrown), "lossless");
}

TEST(Rank, SuspectedTranscodeLosesToHonestLosslessOnly) {
  const TrackRecord fake = transcode(16'700);
  EXPECT_EQ(reason_against(fake, flac("/m/honest.flac")), "suspected transcode: nothing above 16.7 kHz");
  // Each of these may have been made from it.
  for (const TrackRecord& copy : {lossy("mp3", 320), lossy("opus", 510), lossy("aac", 1000)})
    EXPECT_EQ(reason_against(copy, fake), "lossy");
  TrackRecord surround = lossy("ac3", 640);
  surround.properties.channels = 6;
  surround.properties.sample_rate_hz = 48'000;
  EXPECT_EQ(reason(fake, surround), "lossless format");
}

TEST(Rank, OfTwoTranscodesTheHigherCutOffStays) {
  EXPECT_EQ(reason_against(transcode(16'700), transcode(20'100)),
            "suspected transcode: nothing above 16.7 kHz");
  TrackRecord deep = transcode(16'700);
  deep.properties.bits_per_sample = 24;
  EXPECT_EQ(reason(transcode(20'100), deep), "higher cut-off") << "an encoder's output has no bit depth";
}

TEST(Rank, TranscodeNeedsTwoSigns) {
  const TrackRecord honest = flac("/m/other.flac");
  const auto is_suspected = [&](const auto& change) {
    TrackRecord track = transcode(16'700);
    change(track.quality);
    return reason(honest, track) == "lossless";
  };
  EXPECT_TRUE(is_suspected([](AudioQuality&) {}));
  EXPECT_FALSE(is_suspected([](AudioQuality& q) { q.edge_db = 12; })) << "a gentle slope";
  EXPECT_TRUE(is_suspected([](AudioQuality& q) { q.edge_db = 12, q.cliff_share = 0.6; }));
  EXPECT_FALSE(is_suspected([](AudioQuality& q) { q.floor_db = -80; })) << "hiss above";
  EXPECT_FALSE(is_suspected([](AudioQuality& q) { q.floor_spread_db = 15; })) << "it moves with the music";
  EXPECT_FALSE(is_suspected([](AudioQuality& q) { q.cutoff_hz = 15'500; })) << "a radio's cut-off";
  EXPECT_FALSE(is_suspected([](AudioQuality& q) { q.cutoff_hz = 21'200; })) << "a converter's filter";
  EXPECT_FALSE(is_suspected([](AudioQuality& q) { q.spectrum_windows = 20; })) << "too short";
}

TEST(Rank, WhatTheSamplesDoNotCarryCountsForNothing) {
  const TrackRecord plain = flac("/m/plain.flac");
  TrackRecord padded = flac("/m/p.flac");
  padded.properties.bits_per_sample = 24;
  padded.quality.used_bits = 16;
  EXPECT_EQ(reason(padded, plain), "shorter path");
  TrackRecord deep = padded;
  deep.quality.used_bits = 24;
  EXPECT_EQ(reason_against(padded, deep), "only 16 of 24 bits used");

  TrackRecord fast = transcode(22'000);
  fast.properties.sample_rate_hz = 96'000;
  EXPECT_EQ(reason(flac("/m/p.flac"), fast), "shorter path");
  TrackRecord honest = fast;
  honest.quality = {};
  EXPECT_EQ(reason_against(fast, honest), "upsampled: nothing above 22.0 kHz");

  TrackRecord dual = flac("/m/longer.flac");
  dual.quality.dual_mono = true;
  EXPECT_EQ(reason_against(dual, plain), "dual mono");

  TrackRecord loud = flac("/m/longer.flac");
  loud.quality.clipped_runs = 700;
  EXPECT_EQ(reason_against(loud, plain), "clipped: 700 times");
}

TEST(Rank, DamageIsNamed) {
  TrackRecord bad = flac("/m/bad.flac");
  bad.quality.frames_skipped = 3;
  EXPECT_EQ(reason_against(bad, lossy("mp3", 64)), "damaged: 3 bad frames");
  TrackRecord cut = flac("/m/cut.flac");
  cut.quality.truncated = true;
  cut.quality.header_duration_s = cut.properties.duration_s + 14;
  EXPECT_EQ(sign_texts(cut), std::vector<std::string>{"truncated: 14.0 s less than its header says"});
  cut.quality.header_duration_s = 0;
  EXPECT_EQ(sign_texts(cut), std::vector<std::string>{"truncated: ends in the middle of a frame"});
}

/// Why `worse` loses when another copy of it has `missing_s` more at its ends.
std::string reason_when_short(const TrackRecord& worse, double missing_s) {
  const TrackRecord whole = lossy("mp3", 64);
  const Ranked cut{&worse, 0, missing_s};
  const RankReason found = compare_copies({&whole}, cut, {});
  return found.order < 0 ? why_worse(found, cut) : "it does not";
}

TEST(Rank, AnEndThatAnotherCopyHasIsDamage) {
  TrackRecord track = flac("/m/a.flac");
  EXPECT_EQ(reason_when_short(track, 1.5), "it does not");
  EXPECT_EQ(reason_when_short(track, 2.5), "cut short: another copy has 2.5 s more");
  track.quality.truncated = true;
  EXPECT_EQ(reason_when_short(track, 1.5), "truncated: another copy has 1.5 s more");
  // Nobody has more: the MP3 may have been made from the truncated file.
  EXPECT_EQ(reason_when_short(track, 0), "it does not");
}

std::string_view doubt_of(const TrackRecord& better, const TrackRecord& worse) {
  const RankReason one = compare_copies({&better}, {&worse}, {}),
                   other = compare_copies({&worse}, {&better}, {});
  EXPECT_LT(one.order, 0);
  EXPECT_EQ(one.doubt, other.doubt);
  return one.doubt;
}

// Each of these losers may be what the winner was made from.
TEST(Rank, WhatACopyCouldHaveLostIsDoubtful) {
  TrackRecord damaged = flac("/m/longer.flac");
  damaged.quality.frames_skipped = 1;
  EXPECT_EQ(doubt_of(lossy("mp3", 128), damaged), "otherwise the better copy");
  EXPECT_EQ(doubt_of(flac("/m/b.flac"), damaged), "");
  TrackRecord bad = lossy("mp3", 128);
  bad.quality.frames_skipped = 1;
  EXPECT_EQ(doubt_of(lossy("mp3", 320), bad), "") << "it is the worse copy anyway";
  EXPECT_EQ(doubt_of(lossy("mp3", 64), bad), "otherwise the better copy");

  TrackRecord loud = flac("/m/longer.flac");
  loud.quality.clipped_runs = 700;
  EXPECT_EQ(doubt_of(flac("/m/b.flac"), loud), "clipping alone decides");
  EXPECT_EQ(doubt_of(loud, lossy("mp3", 320)), "");
  EXPECT_EQ(doubt_of(flac("/m/honest.flac"), transcode(16'700)), "") << "two signs are enough";
}

TEST(Rank, ALossyCopyThatReachesAboveATranscodeIsNotMadeFromIt) {
  const TrackRecord fake = transcode(16'700);
  TrackRecord mp3 = lossy("mp3", 320);
  mp3.quality.edge_db = 40;
  const auto doubt_at = [&](std::uint32_t cutoff_hz) {
    mp3.quality.cutoff_hz = cutoff_hz;
    return doubt_of(fake, mp3);
  };
  const std::string_view asks = "it reaches above the suspected transcode";
  EXPECT_EQ(doubt_at(15'000), "");
  EXPECT_EQ(doubt_at(16'900), "") << "two bands are no difference";
  EXPECT_EQ(doubt_at(20'000), asks);
  mp3.quality.edge_db = 12;
  EXPECT_EQ(doubt_at(20'000), "") << "the faint noise of an encoder";
  EXPECT_EQ(doubt_of(fake, lossy("mp3", 320)), "") << "not measured";
}

TEST(Rank, BitRateOfLosslessFilesSaysNothing) {
  TrackRecord a = flac("/m/a.flac"), b = flac("/m/b.flac");
  b.properties.bit_rate_bps = 1'400'000;
  EXPECT_EQ(reason(a, b), "first by path");
}

TEST(Rank, BitRatesAreComparedAcrossCodecs) {
  EXPECT_EQ(reason(lossy("opus", 96), lossy("mp3", 128)), "higher bit rate");
  EXPECT_EQ(reason(lossy("mp3", 320), lossy("aac", 128)), "higher bit rate");
  EXPECT_EQ(reason(lossy("mp3", 192), lossy("mp2", 192)), "higher bit rate");
  TrackRecord opus = lossy("opus", 160);
  opus.properties.sample_rate_hz = 48'000;  // Opus always says so
  EXPECT_EQ(reason(lossy("mp3", 320), opus), "higher bit rate");
}

TEST(Rank, BitRatesOfOneStepAreTheSame) {
  TrackRecord tagged = lossy("mp3", 126);
  tagged.tags.title.assign("A title");
  EXPECT_EQ(reason(tagged, lossy("mp3", 131)), "fuller tags");
  RankSettings exact;
  exact.bit_rate_tie = 0;
  EXPECT_EQ(reason(lossy("mp3", 131), tagged, exact), "higher bit rate");
}

TEST(Rank, EqualTracksTieOnlyWithThemselves) {
  TrackRecord a = flac("/m/a"), b = a;
  EXPECT_EQ(compare_copies({&a}, {&b}, {}).order, 0);
  b.id = 2;
  EXPECT_LT(compare_copies({&a}, {&b}, {}).order, 0);
}

TEST(Rank, IsAStrictOrder) {
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  std::vector<TrackRecord> tracks(60);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const char* codecs[] = {"mp3", "aac", "opus"};
    tracks[i] = below(3) == 0 ? flac("/m/f") : lossy(codecs[below(3)], 100 + below(60));
    tracks[i].id = i + 1;
    tracks[i].path = "/m/" + std::string(below(3), 'x') + (below(2) ? " (1)" : "");
    tracks[i].stamp.mtime_ns = below(2);
    tracks[i].quality.frames_skipped = below(5) == 0;
  }
  const auto before = [&](std::size_t x, std::size_t y) {
    return compare_copies({&tracks[x]}, {&tracks[y]}, {}).order < 0;
  };
  for (std::size_t a = 0; a < tracks.size(); ++a)
    for (std::size_t b = 0; b < tracks.size(); ++b) {
      ASSERT_EQ(before(a, b) || before(b, a), a != b);
      for (std::size_t c = 0; c < tracks.size(); ++c)
        if (before(a, b) && before(b, c)) {
          ASSERT_TRUE(before(a, c)) << a << ' ' << b << ' ' << c;
        }
    }
}

TEST(Rank, FoldersEndAtASlash) {
  EXPECT_TRUE(is_under("/a/b/c", "/a/b"));
  EXPECT_TRUE(is_under("/a/b/c", "/a/b/"));
  EXPECT_TRUE(is_under("/a/b", "/a/b"));
  EXPECT_TRUE(is_under("/a", "/"));
  EXPECT_FALSE(is_under("/a/bc", "/a/b"));
  EXPECT_FALSE(is_under("/a", ""));
}

}  // namespace
}  // namespace echofold
