// The order of the copies: each rule, its reason, and that it is one strict order.
#include "engine/dedupe/rank.h"

#include <gtest/gtest.h>

#include <random>

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
  cut.quality.truncated = true;
  EXPECT_EQ(reason(damaged, cut), "decodes cleanly");

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
  EXPECT_EQ(compare_copies({&a, 0}, {&b, 0}, {}).order, 0);
  b.id = 2;
  EXPECT_LT(compare_copies({&a, 0}, {&b, 0}, {}).order, 0);
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
    return compare_copies({&tracks[x], 0}, {&tracks[y], 0}, {}).order < 0;
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

TEST(Rank, FileNamesOfCopies) {
  for (const char* name :
       {"/m/x (1).mp3", "/m/x(12).mp3", "/m/x - Copy.mp3", "/m/x copy 2.mp3", "/m/Copy of x.mp3",
        "/m/x - Copy (3).flac", "/m/x~.mp3", "/m/X~1.MP3", "/m/x.mp3~", "/m/x - Kopie.mp3"})
    EXPECT_FALSE(has_clean_name(name)) << name;
  for (const char* name : {"/m/x.mp3", "/m/Copycat.mp3", "/m/copy.mp3", "/m (1)/x.mp3", "/m/1999 (1999).mp3",
                           "x", "", "/m/x (live).mp3", "/m/.mp3"})
    EXPECT_TRUE(has_clean_name(name)) << name;
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
