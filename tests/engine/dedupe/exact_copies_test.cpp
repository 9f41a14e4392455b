// Copies of the very same audio, with and without a fingerprint.
#include "engine/dedupe/exact_copies.h"

#include <gtest/gtest.h>

#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_exact_copies_test {
namespace {

using namespace test;

TrackRecord sounding(TrackRecord track, TrackStatus status, std::uint64_t samples, std::uint64_t payload) {
  track.status = status;
  track.hashes.payload_bytes = 1000;
  track.hashes.payload = {payload, 1};
  if (samples != 0) track.hashes.samples = {samples, 2};
  track.quality.used_bits = samples == 0 ? 0 : 16;
  return track;
}

struct ExactCopies : testing::Test {
  /// "keeper <- drop:action(why)" of each group.
  std::vector<std::string> planned(const std::vector<std::string>& under = {}) {
    library.update();
    PlanSettings settings;
    settings.under = under;
    std::vector<std::string> out;
    for (const PlanGroup& group :
         make_plan(library.store().snapshot(), library.store().library_id(), settings).groups)
      for (const PlanDrop& drop : group.drops)
        out.push_back(group.keep.track.path + " <- " + drop.file.track.path + ":" +
                      std::string(name_of(drop.action)) + "(" + drop.why + ")" +
                      (drop.exact ? " exact" : ""));
    return out;
  }

  SmallLibrary library;
};

using Lines = std::vector<std::string>;

TEST_F(ExactCopies, ShortClipsOfTheSameSamples) {
  library.add(sounding(lossless("/m/a.flac"), TrackStatus::too_short, 7, 1), {});
  library.add(sounding(lossless("/m/longer name.wav"), TrackStatus::too_short, 7, 2), {});
  library.add(sounding(lossless("/m/other.flac"), TrackStatus::too_short, 8, 3), {});
  EXPECT_EQ(planned(), Lines{"/m/a.flac <- /m/longer name.wav:move(longer path) exact"});
  EXPECT_EQ(planned({"/m/a.flac"}).size(), 1u) << "one of the two is under the path";
  EXPECT_EQ(planned({"/m/other.flac"}), Lines{}) << "neither is under the path";
}

TEST_F(ExactCopies, SilenceIsListedOnly) {
  for (const char* path : {"/m/a.flac", "/m/b.flac"}) {
    TrackRecord silent = sounding(lossless(path), TrackStatus::silent, 7, 1);
    silent.quality.used_bits = 0;
    library.add(silent, {});
  }
  EXPECT_EQ(planned(),
            Lines{"/m/a.flac <- /m/b.flac:none(the same audio, but too little sound to recognise it) exact"});
}

TEST_F(ExactCopies, AShortLossyFileMayBeSilent) {
  library.add(sounding(mp3("/m/a.mp3"), TrackStatus::too_short, 0, 5), {});
  library.add(sounding(mp3("/m/b.mp3"), TrackStatus::too_short, 0, 5), {});
  EXPECT_EQ(planned().size(), 1u);
  EXPECT_NE(planned().front().find(":none("), std::string::npos);
}

TEST_F(ExactCopies, OneFileUnderTwoPathsIsNoCopy) {
  TrackRecord one = sounding(lossless("/m/a.flac"), TrackStatus::too_short, 7, 1);
  one.stamp.inode = 5;
  library.add(one, {});
  one.path = "/m/b.flac";
  library.add(one, {});
  EXPECT_EQ(planned(), Lines{});
}

TEST_F(ExactCopies, AmongRecordingsTheyAreMarked) {
  library.add(sounding(lossless("/m/a.flac"), TrackStatus::fingerprinted, 7, 1), music(1));
  library.add(sounding(lossless("/m/bb.flac"), TrackStatus::fingerprinted, 7, 2), music(1));
  library.add(sounding(mp3("/m/c.mp3"), TrackStatus::fingerprinted, 0, 3), copy_of(1));
  EXPECT_EQ(planned(),
            (Lines{"/m/a.flac <- /m/bb.flac:move(longer path) exact", "/m/a.flac <- /m/c.mp3:move(lossy)"}));
}

TEST_F(ExactCopies, TwoVideosOfOneSoundtrackAreAskedAbout) {
  const auto add = [&](const char* path, const Hash128& pictures) {
    TrackRecord video = sounding(mp3(path), TrackStatus::fingerprinted, 0, 3);
    video.contents.known = true;
    video.contents.video_streams = 1;
    video.contents.streams = pictures;
    library.add(video, music(1));
  };
  add("/m/a.mp4", {1, 1});
  add("/m/longer.mp4", {2, 2});
  EXPECT_EQ(
      planned(),
      Lines{"/m/a.mp4 <- /m/longer.mp4:review(longer path; to review: its video differs from the other's)"});
  add("/m/the same pictures.mp4", {1, 1});
  EXPECT_EQ(planned().back(), "/m/a.mp4 <- /m/the same pictures.mp4:move(longer path) exact");
}

TEST_F(ExactCopies, ShortClipsWithPicturesAreAskedAbout) {
  const auto add = [&](const char* path, const Hash128& pictures) {
    TrackRecord video = sounding(lossless(path), TrackStatus::too_short, 7, 1);
    video.contents.known = true;
    video.contents.video_streams = 1;
    video.contents.streams = pictures;
    library.add(video, {});
  };
  add("/m/a.mkv", {1, 1});
  add("/m/longer.mkv", {2, 2});
  EXPECT_EQ(
      planned(),
      Lines{"/m/a.mkv <- /m/longer.mkv:review(longer path; to review: its video differs from the other's)"});
}

TEST(SameAudio, NeedsKnownHashes) {
  TrackRecord a, b;
  EXPECT_FALSE(same_audio(a, b)) << "two files that were never hashed";
  a.hashes.payload = b.hashes.payload = {1, 1};
  EXPECT_TRUE(same_audio(a, b));
  a.hashes.samples = {1, 2};
  EXPECT_TRUE(same_audio(a, b)) << "of one the samples are not known";
  b.hashes.samples = {3, 4};
  EXPECT_FALSE(same_audio(a, b));
}

}  // namespace
}  // namespace echofold::dedupe_exact_copies_test
