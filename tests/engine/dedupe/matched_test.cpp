// Which track may go for which: all pairs that a plan may move, and no others.
#include "engine/dedupe/matched.h"

#include <gtest/gtest.h>

#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_matched_test {
namespace {

using namespace test;

struct MatchedTest : testing::Test {
  Matched of(TrackId a, TrackId b, const Thresholds& thresholds = {}) {
    const Snapshot snapshot = library.store().snapshot();
    const Matched one = matched(snapshot, *snapshot.track(a), *snapshot.track(b), thresholds);
    EXPECT_EQ(matched(snapshot, *snapshot.track(b), *snapshot.track(a), thresholds), one) << "symmetrical";
    return one;
  }
  SmallLibrary library;
};

TEST_F(MatchedTest, CopiesByTheStoredPair) {
  const TrackId a = library.add(lossless("/m/a.flac"), music(1));
  const TrackId b = library.add("/m/b.mp3", copy_of(1));
  const TrackId other = library.add("/m/other.mp3", copy_of(2));
  library.update();
  EXPECT_EQ(of(a, b), Matched::copies);
  EXPECT_EQ(of(a, other), Matched::strangers);
}

TEST_F(MatchedTest, MembersOfAClassHaveThePairsOfTheirRepresentative) {
  const TrackId a = library.add("/m/a.mp3", music(1)), twin = library.add("/m/twin.mp3", music(1));
  const TrackId b = library.add("/m/b.mp3", copy_of(1)), other = library.add("/m/other.mp3", music(2));
  library.update();
  EXPECT_EQ(of(a, twin), Matched::copies);
  EXPECT_EQ(of(twin, b), Matched::copies);
  EXPECT_EQ(of(twin, other), Matched::strangers);
}

TEST_F(MatchedTest, WhatTheStoreHasNoPairOfIsCompared) {
  const TrackId a = library.add("/m/a.mp3", music(1)), b = library.add("/m/b.mp3", copy_of(1));
  const TrackId other = library.add("/m/other.mp3", music(2));
  EXPECT_EQ(of(a, b), Matched::copies) << "nothing was paired yet";
  library.update();
  library.store().write([](Writer& writer) { writer.drop_pairs(); });
  EXPECT_EQ(of(a, b), Matched::copies) << "as after an update";
  EXPECT_EQ(of(b, other), Matched::strangers);
}

TEST_F(MatchedTest, ARepresentativeThatIsGoneIsNotMissed) {
  const TrackId first = library.add("/m/first.mp3", music(1)), twin = library.add("/m/twin.mp3", music(1));
  const TrackId b = library.add("/m/b.mp3", copy_of(1));
  library.update();
  library.remove(first);
  EXPECT_EQ(of(twin, b), Matched::copies);
}

TEST_F(MatchedTest, ThresholdsThatWereRaisedSinceRefuseNothing) {
  const TrackId a = library.add("/m/a.mp3", music(1)), b = library.add("/m/b.mp3", copy_of(1));
  library.update();
  Thresholds strict;
  strict.auto_similarity = strict.review_similarity = strict.even_similarity = 1;
  EXPECT_EQ(of(a, b, strict), Matched::copies);
}

TEST_F(MatchedTest, LowerThresholdsCount) {
  const TrackId a = library.add("/m/a.mp3", music(1));
  const TrackId b = library.add("/m/b.mp3", with_bit_errors(music(1), 0.13, 9));
  library.update();
  EXPECT_EQ(of(a, b), Matched::version);
  Thresholds lax;
  lax.review_similarity = lax.even_similarity = 0.85;
  EXPECT_EQ(of(a, b, lax), Matched::copies);
}

TEST_F(MatchedTest, EditsAreNoCopies) {
  std::vector<Item> longer = music(1);
  const std::vector<Item> more = music(5);
  longer.insert(longer.end(), more.begin(), more.end());
  const TrackId a = library.add("/m/a.mp3", longer), b = library.add("/m/b.mp3", copy_of(1));
  library.update();
  EXPECT_EQ(of(a, b), Matched::edit);
}

TEST_F(MatchedTest, ADamagedCopyIsOne) {
  TrackRecord whole = mp3("/m/whole.mp3"), cut = mp3("/m/cut.mp3");
  whole.properties.duration_s = cut.quality.header_duration_s = audio_seconds(track_items);
  cut.properties.duration_s = audio_seconds(350);
  cut.quality.truncated = true;
  std::vector<Item> part = music(1);
  part.resize(350);
  const TrackId a = library.add(whole, copy_of(1)), b = library.add(cut, part);
  library.update();
  EXPECT_EQ(of(a, b), Matched::copies);
}

TEST_F(MatchedTest, VerdictsCountBothWays) {
  const TrackId a = library.add("/m/a.mp3", music(1)), b = library.add("/m/b.mp3", copy_of(1));
  const TrackId other = library.add("/m/other.mp3", music(2));
  library.update();
  library.decide(a, other, Verdict::keep_b);
  EXPECT_EQ(of(a, other), Matched::copies) << "the user was asked, and said that one goes";
  library.decide(a, b, Verdict::keep_both);
  EXPECT_EQ(of(a, b), Matched::kept_both);
}

TEST_F(MatchedTest, TheSameAudioNeedsNoFingerprint) {
  const auto clip = [&](const char* path, std::uint64_t samples) {
    TrackRecord track = lossless(path);
    track.status = TrackStatus::too_short;
    track.hashes.samples = {samples, 2};
    return library.add(track, {});
  };
  const TrackId a = clip("/m/a.flac", 7), b = clip("/m/b.flac", 7), other = clip("/m/other.flac", 8);
  const TrackId song = library.add("/m/song.mp3", music(1));
  EXPECT_EQ(of(a, b), Matched::copies);
  EXPECT_EQ(of(a, other), Matched::strangers);
  EXPECT_EQ(of(a, song), Matched::strangers);
  library.decide(a, b, Verdict::keep_a);  // on all tracks without a fingerprint
  EXPECT_EQ(of(a, other), Matched::strangers);
}

}  // namespace
}  // namespace echofold::dedupe_matched_test
