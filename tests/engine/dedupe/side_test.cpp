// A folder of new files compared with everything known: which pairs count, and which copy stays.
#include "engine/dedupe/side.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/dedupe/exact_copies.h"
#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_side_test {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

struct NewFiles : testing::Test {
  NewFiles() { settings.under = settings.new_folders = {"/new"}; }

  /// "keeper <- drop:action(why)" of each pair; new files have a "+".
  Lines planned() {
    library.update();
    Lines out;
    const auto name = [](const PlanFile& file) { return file.track.path + (file.is_new ? "+" : ""); };
    for (const PlanGroup& group :
         make_plan(library.store().snapshot(), library.store().library_id(), settings).groups)
      for (const PlanDrop& drop : group.drops)
        out.push_back(name(group.keep) + " <- " + name(drop.file) + ":" + std::string(name_of(drop.action)) +
                      "(" + drop.why + ")");
    return out;
  }

  SmallLibrary library;
  PlanSettings settings;
};

TEST_F(NewFiles, TheWorseCopyGoesWhicheverSideItIsOn) {
  library.add(lossless("/lib/a.flac"), music(1));
  library.add(mp3("/new/a.mp3"), copy_of(1));
  library.add(mp3("/lib/b.mp3"), copy_of(2));
  library.add(lossless("/new/b.flac"), music(2));
  library.add(mp3("/new/c.mp3"), music(3));
  EXPECT_EQ(planned(),
            (Lines{"/lib/a.flac <- /new/a.mp3+:move(lossy)", "/new/b.flac+ <- /lib/b.mp3:move(lossy)"}));
}

TEST_F(NewFiles, CopiesInsideTheLibraryAreNoPairs) {
  library.add(lossless("/lib/a.flac"), music(1));
  library.add(mp3("/lib/a.mp3", 128), copy_of(1));
  library.add(mp3("/lib/b.mp3", 320), copy_of(2, 1));
  library.add(mp3("/lib/b2.mp3", 128), copy_of(2, 2));
  library.add(mp3("/new/a.mp3", 192), copy_of(1, 2));
  EXPECT_EQ(planned(), Lines{"/lib/a.flac <- /new/a.mp3+:move(lossy)"});
}

TEST_F(NewFiles, ABetterNewFileReplacesAllCopiesOfTheLibrary) {
  library.add(mp3("/lib/a.mp3", 128), copy_of(1));
  library.add(mp3("/lib/a2.mp3", 128), copy_of(1));  // one class with it
  library.add(mp3("/lib/a3.mp3", 192), copy_of(1, 2));
  library.add(lossless("/new/a.flac"), music(1));
  EXPECT_EQ(planned(),
            (Lines{"/new/a.flac+ <- /lib/a.mp3:move(lossy)", "/new/a.flac+ <- /lib/a2.mp3:move(lossy)",
                   "/new/a.flac+ <- /lib/a3.mp3:move(lossy)"}));
}

TEST_F(NewFiles, TheSameNewFileTwiceGoesOnceOrTwice) {
  library.add(mp3("/new/1.mp3", 192), copy_of(1));
  library.add(mp3("/new/2.mp3", 192), copy_of(1));
  library.add(mp3("/new/3.mp3", 192), copy_of(2));
  library.add(mp3("/new/4.mp3", 192), copy_of(2));
  library.add(lossless("/lib/b.flac"), music(2));
  EXPECT_EQ(planned(),
            (Lines{"/lib/b.flac <- /new/3.mp3+:move(lossy)", "/lib/b.flac <- /new/4.mp3+:move(lossy)",
                   "/new/1.mp3+ <- /new/2.mp3+:move(later by path)"}));
}

TEST_F(NewFiles, AFullerAlbumFolderMovesNothingOfTheLibrary) {
  const auto of_album = [](TrackRecord track) {
    track.tags.album = "Motion";
    return track;
  };
  library.add(of_album(mp3("/lib/a.mp3", 320)), music(1));
  library.add(of_album(mp3("/new/a.mp3", 320)), music(1));
  for (std::uint64_t i = 2; i < 6; ++i)
    library.add(of_album(mp3("/new/" + std::to_string(i) + ".mp3", 320)), music(i));
  EXPECT_EQ(planned(), Lines{"/lib/a.mp3 <- /new/a.mp3+:move(the library has it already)"});
}

TEST_F(NewFiles, OfEqualSoundTheLibraryStays) {
  TrackRecord known = mp3("/lib/deep/down/song (1).mp3", 320), fresh = mp3("/new/song.mp3", 320);
  fresh.stamp.mtime_ns =
      known.stamp.mtime_ns - 1;  // older, shorter, cleaner, fuller tags: none of this counts
  fresh.tags.artist = fresh.tags.title = "x";
  library.add(known, copy_of(1));
  library.add(fresh, copy_of(1));
  library.add(known.path + ".mp3", copy_of(2, 1));
  library.add("/new/other.mp3", copy_of(2, 2));
  EXPECT_EQ(planned(),
            (Lines{"/lib/deep/down/song (1).mp3 <- /new/song.mp3+:move(the library has it already)",
                   "/lib/deep/down/song (1).mp3.mp3 <- /new/other.mp3+:move(the library has it already)"}));
}

TEST_F(NewFiles, OnlyNewMovesNothingElse) {
  settings.only_under = true;
  library.add(mp3("/lib/a.mp3", 128), copy_of(1));
  library.add(lossless("/new/a.flac"), music(1));
  library.add(mp3("/new/a.mp3", 64), copy_of(1, 3));
  library.add(lossless("/lib/b.flac"), music(2));
  library.add(mp3("/new/b.mp3"), copy_of(2));
  EXPECT_EQ(planned(), (Lines{"/lib/b.flac <- /new/b.mp3+:move(lossy)",
                              "/new/a.flac+ <- /lib/a.mp3:none(lossy; stays: only new files are moved)",
                              "/new/a.flac+ <- /new/a.mp3+:move(lossy)"}));
}

TEST_F(NewFiles, WhatIsNotThereIsNoKeeper) {
  std::vector<std::string> asked;
  settings.is_there = [&](const TrackRecord& track) {
    asked.push_back(track.path);
    return track.path != "/lib/a.flac";
  };
  library.add(lossless("/lib/a.flac"), music(1));
  library.add(mp3("/lib/a.mp3", 320), copy_of(1));
  library.add(mp3("/new/a.mp3", 128), copy_of(1, 2));
  library.add(lossless("/lib/no copy.flac"), music(5));
  EXPECT_EQ(planned(), Lines{"/lib/a.mp3 <- /new/a.mp3+:move(lower bit rate)"});
  std::sort(asked.begin(), asked.end());
  EXPECT_EQ(asked, (Lines{"/lib/a.flac", "/lib/a.mp3"}));
}

TEST_F(NewFiles, OneFileAsPath) {
  settings.under = settings.new_folders = {"/lib/a.mp3"};
  library.add(lossless("/lib/a.flac"), music(1));
  library.add(mp3("/lib/a.mp3"), copy_of(1));
  library.add(mp3("/lib/a.mp3.old.mp3"), copy_of(1, 2));
  EXPECT_EQ(planned(), Lines{"/lib/a.flac <- /lib/a.mp3+:move(lossy)"});
}

TEST_F(NewFiles, RelativesAreListedFromBothSides) {
  library.add(lossless("/lib/full.flac"), music(1));
  std::vector<Item> half = music(1);
  half.resize(300);
  library.add(mp3("/new/half.mp3"), half);
  library.add(mp3("/lib/half.mp3"), half);
  const Lines lines = planned();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0], "/lib/half.mp3 <- /new/half.mp3+:move(the library has it already)");
}

TEST_F(NewFiles, ClipsWithoutAFingerprint) {
  const auto clip = [](TrackRecord track, std::uint64_t samples) {
    track.status = TrackStatus::too_short;
    track.hashes.payload_bytes = 1000;
    track.hashes.payload = {samples, 1};
    track.hashes.samples = {samples, 2};
    track.quality.used_bits = 16;
    return track;
  };
  library.add(clip(lossless("/lib/a long name.flac"), 1), {});
  library.add(clip(lossless("/lib/a longer name.flac"), 1), {});
  library.add(clip(lossless("/new/a.flac"), 1), {});
  library.add(clip(lossless("/lib/b.flac"), 2), {});
  library.add(clip(lossless("/lib/b2.flac"), 2), {});
  EXPECT_EQ(planned(), Lines{"/lib/a long name.flac <- /new/a.flac+:move(the library has it already)"});
  settings.is_there = [](const TrackRecord&) { return false; };
  EXPECT_EQ(planned(), Lines{});
}

}  // namespace
}  // namespace echofold::dedupe_side_test
