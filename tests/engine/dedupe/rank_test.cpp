// The order of the copies: each rule, its reason, and that it is one strict order.
#include "engine/dedupe/rank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "engine/dedupe/doubts.h"
#include "engine/dedupe/quality_signs.h"
#include "tests/engine/dedupe/crafted_tracks.h"

namespace echofold::dedupe_rank_test {
namespace {

using namespace test;

/// The reason why `better` wins; empty if it does not.
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
  EXPECT_EQ(reason(lossy("mp3", 64), damaged), "whole and undamaged");
  TrackRecord cut = worse;
  EXPECT_LT(compare_copies({&damaged}, {&cut, 0, 2.5}, {}).order, 0);

  EXPECT_EQ(reason(worse, lossy("mp3", 320)), "lossless");

  TrackRecord deep = worse;
  deep.properties.bits_per_sample = 24;
  deep.properties.sample_rate_hz = 32'000;
  EXPECT_EQ(reason(deep, worse), "higher bit depth");
  TrackRecord fast = worse;
  fast.properties.sample_rate_hz = 96'000;
  EXPECT_EQ(reason(fast, worse), "higher sample rate");
  TrackRecord mono = deep;
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
  const auto doubts = [&](const TrackRecord& kept) {
    return doubts_about({&kept}, {&thrown}, compare_copies({&kept}, {&thrown}, {}), {});
  };
  EXPECT_FALSE(doubts(outside).empty()) << "the better format goes to review";
  TrackRecord same = flac("/music/a.flac");
  EXPECT_EQ(reason(same, thrown), "not in a trash or snapshot folder");
  EXPECT_TRUE(doubts(same).empty());
  TrackRecord also_thrown = lossy("mp3", 320);
  also_thrown.path = "/music/.snapshots/1/a.mp3";
  EXPECT_EQ(reason(thrown, also_thrown), "lossless");
}

TEST(Rank, SuspectedTranscodeLosesToHonestLosslessOnly) {
  const TrackRecord fake = transcode(16'700);
  EXPECT_EQ(reason_against(fake, flac("/m/honest.flac")), "suspected transcode: nothing above 16.7 kHz");
  // Each of these may have been made from the transcode.
  for (const TrackRecord& copy : {lossy("mp3", 320), lossy("opus", 510), lossy("aac", 1000)})
    EXPECT_EQ(reason_against(copy, fake), "lossy");
  EXPECT_EQ(reason(fake, lossy("ac3", 640)), "lossless format");
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
  EXPECT_EQ(reason(plain, padded), "same sound in a smaller format");
  TrackRecord deep = padded;
  deep.quality.used_bits = 24;
  EXPECT_EQ(reason_against(padded, deep), "only 16 of 24 bits used");

  TrackRecord fast = transcode(22'000);
  fast.properties.sample_rate_hz = 96'000;
  EXPECT_EQ(reason(flac("/m/p.flac"), fast), "same sound in a smaller format");
  TrackRecord honest = fast;
  honest.quality = {};
  EXPECT_EQ(reason_against(fast, honest), "upsampled: nothing above 22.0 kHz");

  TrackRecord dual = flac("/m/longer.flac");
  dual.quality.dual_mono = true;
  dual.quality.used_bits = 16;
  EXPECT_EQ(reason_against(dual, plain), "dual mono");

  TrackRecord loud = flac("/m/longer.flac");
  loud.quality.clipped_runs = 700;
  EXPECT_EQ(reason_against(loud, plain), "clipped: 700 times");
}

TEST(Rank, ChannelsWithSoundDecideBeforeTheFormat) {
  const TrackRecord stereo = with_channels(flac("/m/a.flac"), 2, 2, 2);
  TrackRecord mono_48 = with_channels(flac("/m/mono.flac"), 1, 1, 1);
  mono_48.properties.sample_rate_hz = 48'000;
  EXPECT_EQ(reason(stereo, mono_48), "more channels");
  EXPECT_EQ(
      reason_against(with_channels(flac("/m/dual.flac"), 2, 2, 1), with_channels(lossy("mp3", 320), 2, 2, 2)),
      "dual mono");
  TrackRecord inverted = with_channels(flac("/m/inverted.flac"), 2, 2, 1);
  inverted.quality.mix = Mix::side;
  EXPECT_EQ(sign_texts(inverted), std::vector<std::string>{"dual mono: one channel is the other inverted"});
  EXPECT_EQ(reason_against(with_channels(flac("/m/left.flac"), 2, 1, 1), stereo), "sound in 1 of 2 channels");
  EXPECT_EQ(reason(with_channels(lossy("ac3", 448), 6, 6, 6), stereo), "more channels");
  EXPECT_EQ(reason(with_channels(lossy("dts", 1500), 6, 5, 5), with_channels(lossy("ac3", 448), 6, 4, 4)),
            "more channels");
}

TEST(Rank, SilentChannelsCountForNothing) {
  const TrackRecord stereo = with_channels(flac("/m/a.flac"), 2, 2, 2);
  for (const std::uint16_t channels : {std::uint16_t{6}, std::uint16_t{8}, std::uint16_t{3}}) {
    const TrackRecord padded = with_channels(flac("/m/longer.flac"), channels, 2, 2);
    EXPECT_EQ(reason(stereo, padded), "same sound in a smaller format") << channels;
    EXPECT_EQ(sign_texts(padded).front(), "sound in 2 of " + std::to_string(channels) + " channels");
  }
  EXPECT_EQ(reason(with_channels(flac("/m/mono"), 1, 1, 1), with_channels(flac("/m/stereo"), 2, 1, 1)),
            "same sound in a smaller format");
}

TEST(Rank, ChannelsThatCancelLoseToTheSameFormat) {
  TrackRecord inverted = with_channels(flac("/a.flac"), 2, 2, 2),
              normal = with_channels(flac("/m/longer name (1).flac"), 2, 2, 2);
  inverted.quality.mix = Mix::side;
  EXPECT_EQ(reason(normal, inverted), "channels add up in mono");
  EXPECT_EQ(compare_copies({&inverted}, {&normal}, {}).worse, "channels cancel in mono");
  inverted.quality.mix = Mix::loudest_channel;
  EXPECT_EQ(reason(normal, inverted), "channels add up in mono");
  EXPECT_EQ(reason(inverted, lossy("mp3", 320)), "lossless") << "nothing of it is lost";
  EXPECT_EQ(reason(normal, with_channels(flac("/m/mono.flac"), 1, 1, 1)), "more channels") << "before it";
  TrackRecord both = lossy("mp3", 320);
  both.quality.mix = Mix::side;
  EXPECT_EQ(reason(lossy("mp3", 128), both), "channels add up in mono");
}

TEST(Rank, WhatWasNotMeasuredIsNoDualMono) {
  TrackRecord eight_bit = flac("/m/8.wav");
  eight_bit.quality.dual_mono = true;  // what an older version wrote of files that it could not measure
  EXPECT_FALSE(has_sign(eight_bit, QualitySign::dual_mono));
  EXPECT_EQ(carried_channels(eight_bit), 2u);
  TrackRecord mono = flac("/m/mono.wav");
  mono.properties.channels = 1;
  EXPECT_EQ(reason(eight_bit, mono), "more channels");
}

TEST(Rank, ATelephonesSoundLosesToALossyFile) {
  for (const std::uint32_t rate : {8'000u, 11'025u, 16'000u, 22'050u}) {
    TrackRecord narrow = flac("/m/narrow.wav");
    narrow.properties.sample_rate_hz = rate;
    EXPECT_EQ(reason(lossy("mp3", 320), narrow), "reaches higher") << rate;
    EXPECT_EQ(reason_against(narrow, lossy("mp3", 128)), "nothing above " + khz_text(rate / 2)) << rate;
  }
  TrackRecord radio = flac("/m/radio.wav");
  radio.properties.sample_rate_hz = 32'000;
  EXPECT_EQ(reason(radio, lossy("mp3", 320)), "lossless");
}

TEST(Rank, AHigherBitRateDoesNotBringBackWhatIsGone) {
  const TrackRecord honest_192 = ending_at(lossy("mp3", 192), 18'400);
  EXPECT_EQ(reason_against(ending_at(lossy("mp3", 320), 11'400), honest_192), "nothing above 11.4 kHz");
  EXPECT_EQ(reason_against(ending_at(lossy("mp3", 320), 16'000), honest_192), "nothing above 16.0 kHz");
  EXPECT_EQ(reason_against(ending_at(lossy("aac", 256), 15'100), ending_at(lossy("mp3", 160), 17'300)),
            "nothing above 15.1 kHz");
  EXPECT_EQ(reason_against(ending_at(lossy("mp3", 256), 8'000), ending_at(lossy("mp3", 128), 16'000)),
            "nothing above 8.0 kHz");
}

TEST(Rank, AnHonestCutOffIsNoFault) {
  EXPECT_EQ(reason(ending_at(lossy("mp3", 320), 20'000), ending_at(lossy("mp3", 192), 18'600)),
            "higher bit rate");
  EXPECT_EQ(reason(ending_at(lossy("mp3", 192), 18'600), ending_at(lossy("opus", 96), 20'000)),
            "higher bit rate");
  EXPECT_EQ(reason(ending_at(lossy("mp3", 128), 16'000), lossy("mp3", 96)), "higher bit rate");
  // Dark music: both end where it does.
  EXPECT_EQ(reason(ending_at(lossy("mp3", 320), 11'000), ending_at(lossy("mp3", 128), 11'000)),
            "higher bit rate");
  EXPECT_EQ(reason(ending_at(lossy("mp3", 320), 15'000), ending_at(lossy("mp3", 192), 15'050)),
            "higher bit rate");
  EXPECT_EQ(reason(ending_at(lossy("mp3", 320), 9'000, 10), ending_at(lossy("mp3", 192), 18'000)),
            "higher bit rate")
      << "it falls gently: that is the music";
  EXPECT_EQ(reason(ending_at(flac("/m/dark.flac"), 9'000), ending_at(lossy("mp3", 320), 9'000)), "lossless");
}

TEST(Rank, EightBitsLose) {
  TrackRecord eight = flac("/m/8.wav");
  eight.properties.bits_per_sample = 8;
  const TrackRecord source = transcode(16'700);  // the hiss of 8 bits hides the sign
  EXPECT_EQ(reason(source, eight), "more than 8 bits");
  TrackRecord packed = flac("/m/8.flac");
  packed.quality.used_bits = 8;
  EXPECT_EQ(reason_against(packed, flac("/m/16.flac")), "only 8 of 16 bits used");
  EXPECT_EQ(reason(lossy("mp3", 320), packed), "more than 8 bits");
}

TEST(Rank, DsdIsNotOneBit) {
  TrackRecord dsd = flac("/m/a.dsf");
  dsd.properties.codec = "dsd_lsbf_planar";
  dsd.properties.sample_rate_hz = 2'822'400;
  for (const std::uint16_t bits : {std::uint16_t{1}, std::uint16_t{8}}) {
    dsd.properties.bits_per_sample = bits;
    EXPECT_EQ(reason(dsd, flac("/m/a.wav")), "higher bit depth") << bits;
  }
}

TEST(Rank, WhatLiesBesideTheMusicCountsBehindIt) {
  TrackRecord video = flac("/m/longer name.mkv"), lyrics = flac("/m/long.flac");
  video.contents.video_streams = 1;
  lyrics.contents.lyrics = true;
  EXPECT_EQ(reason(video, lyrics), "more in the file beside the music");
  EXPECT_EQ(reason(lyrics, flac("/m/x.flac")), "more in the file beside the music");
  TrackRecord mp3 = lossy("mp3", 320);
  mp3.contents.video_streams = 1;
  EXPECT_EQ(reason(lyrics, mp3), "lossless");
}

TEST(Rank, PaddingLosesWhereNothingElseSpeaks) {
  TrackRecord padded = flac("/m/a.flac"), plain = flac("/m/longer name.flac");
  padded.properties.bits_per_sample = 24;
  padded.quality.used_bits = plain.quality.used_bits = 16;
  padded.stamp.mtime_ns = 1;
  plain.stamp.mtime_ns = 2;
  EXPECT_EQ(reason(plain, padded), "same sound in a smaller format")
      << "though it is newer and of a longer name";
  EXPECT_EQ(reason_against(padded, plain), "only 16 of 24 bits used");
  padded.tags.artist = "Somebody";
  EXPECT_EQ(reason(padded, plain), "fuller tags");
  EXPECT_EQ(reason(with_channels(flac("/m/long.flac"), 2, 2, 2), with_channels(flac("/m/a.flac"), 6, 2, 2)),
            "same sound in a smaller format");
}

TEST(Rank, AHoleIsDamageBehindAMissingEnd) {
  const TrackRecord whole = lossy("mp3", 64), holed = flac("/m/a.flac");
  const Ranked worse{&holed, 0, 0, false, {72, 20, -60, 40, false, false, 1}};
  const RankReason found = compare_copies({&whole}, worse, {});
  EXPECT_LT(found.order, 0);
  EXPECT_EQ(why_worse(found, worse), "drops to -60 dB for 20 s at 1:12");
  EXPECT_LT(compare_copies(worse, {&whole, 0, 2.5}, {}).order, 0);
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
  // No copy has more: the MP3 may have been made from the truncated file.
  EXPECT_EQ(reason_when_short(track, 0), "it does not");
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

/// Some measurements are missing, as in records of older versions.
void measure_at_random(TrackRecord& track, const std::function<std::uint32_t(std::uint32_t)>& below) {
  constexpr std::uint32_t cutoffs[] = {0, 4'000, 11'400, 16'000, 18'400, 20'500},
                          rates[] = {8'000, 22'050, 44'100};
  constexpr std::uint16_t bits[] = {0, 8, 16};
  track.properties.sample_rate_hz = rates[below(3)];
  track.properties.channels = static_cast<std::uint16_t>(1 + below(2));
  track.quality.spectrum_windows = below(3) * 30;
  track.quality.cutoff_hz = cutoffs[below(6)];
  track.quality.edge_db = below(2) * 40;
  track.quality.floor_db = below(2) == 0 ? -104 : -60;
  track.quality.used_bits = bits[below(3)];
  track.quality.sounding_channels = static_cast<std::uint16_t>(below(3));
  track.quality.distinct_channels =
      static_cast<std::uint16_t>(std::min<std::uint32_t>(track.quality.sounding_channels, below(3)));
  track.contents.lyrics = below(4) == 0;
}

TEST(Rank, IsAStrictOrder) {
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  std::vector<TrackRecord> tracks(80);
  std::vector<Ranked> ranked(tracks.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const char* codecs[] = {"mp3", "aac", "opus"};
    tracks[i] = below(3) == 0 ? flac("/m/f") : lossy(codecs[below(3)], 100 + below(60));
    tracks[i].id = i + 1;
    tracks[i].path = "/m/" + std::string(below(3), 'x') + (below(2) ? " (1)" : "");
    tracks[i].stamp.mtime_ns = below(2);
    tracks[i].quality.frames_skipped = below(5) == 0;
    measure_at_random(tracks[i], below);
    ranked[i].track = &tracks[i];
    if (below(8) == 0) ranked[i].dropout.length_s = 1 + below(2);
  }
  const auto before = [&](std::size_t x, std::size_t y) {
    return compare_copies(ranked[x], ranked[y], {}).order < 0;
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

}  // namespace
}  // namespace echofold::dedupe_rank_test
