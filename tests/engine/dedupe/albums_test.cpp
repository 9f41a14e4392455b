// Complete albums stay whole, or go as a whole.
#include "engine/dedupe/albums.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_albums_test {
namespace {

using namespace test;

/// An album of MP3s in /m/album, song by song, and copies in better format elsewhere.
struct Albums : testing::Test {
  TrackRecord of_album(TrackRecord track, const std::string& album, const std::string& number) {
    track.tags.album = album;
    track.tags.track = number;
    return track;
  }
  void mp3s(int first, int last, const std::string& total = "") {
    for (int i = first; i <= last; ++i)
      library.add(of_album(mp3("/m/album/" + std::to_string(i) + ".mp3"), "Album", std::to_string(i) + total),
                  music(static_cast<std::uint64_t>(i)));
  }
  void flac(int song, const std::string& folder, const std::string& album) {
    library.add(of_album(lossless("/m/" + folder + "/" + std::to_string(song) + ".flac"), album,
                         std::to_string(song)),
                copy_of(static_cast<std::uint64_t>(song)));
  }

  /// The names of the MP3s that go.
  std::string going(Scope scope = Scope::album) {
    library.update();
    PlanSettings settings;
    settings.scope = scope;
    settings.under = settings.new_folders = new_folders;
    plan = make_plan(library.store().snapshot(), library.store().library_id(), settings);
    std::string names;
    for (const PlanGroup& group : plan.groups)
      for (const PlanDrop& drop : group.drops)
        if (drop.action == Action::move) names += drop.file.track.path.substr(9, 1);
    return names;
  }

  SmallLibrary library;
  std::vector<std::string> new_folders;
  Plan plan;
};

TEST_F(Albums, ACompleteAlbumLosesNoTrack) {
  mp3s(1, 4);
  flac(2, "hits", "Hits");
  EXPECT_EQ(going(), "");
  EXPECT_EQ(plan.groups.at(0).drops.at(0).why, "lossy; stays: its album of 4 tracks is complete");
  EXPECT_EQ(plan.groups.at(0).drops.at(0).band, Band::automatic);
  EXPECT_EQ(going(Scope::track), "2");
}

TEST_F(Albums, ANewFileOfTheSameAlbumReplacesItsTrack) {
  mp3s(1, 4);
  flac(2, "new", "album");
  flac(3, "new", "Hits");
  EXPECT_EQ(going(), "");
  new_folders = {"/m/new"};
  EXPECT_EQ(going(), "2") << "another album is no replacement";
}

TEST_F(Albums, ANewAlbumGoesThatTheLibraryHasInTwoFolders) {
  mp3s(1, 4);
  flac(1, "x", "Album");
  flac(2, "x", "Album");
  flac(3, "y", "Album");
  flac(4, "z", "Hits");
  EXPECT_EQ(going(), "");
  new_folders = {"/m/album"};
  EXPECT_EQ(going(), "123") << "the last is another album's";
}

TEST_F(Albums, CaseAndNormalFormOfAnAlbumDoNotCount) {
  const std::pair<int, const char*> tracks[] = {
      {1, "\u00d6l"}, {2, "\u00d6L"}, {3, "O\u0308l"}, {4, "\u00f6l"}};
  for (const auto& [song, album] : tracks) {
    const std::string number = std::to_string(song);
    library.add(of_album(mp3("/m/album/" + number + ".mp3"), album, number),
                music(static_cast<std::uint64_t>(song)));
  }
  flac(2, "hits", "Hits");
  EXPECT_EQ(going(), "") << "one album of four tracks";
}

/// The guard of complete albums and the rank of a copy count the same tracks.
TEST_F(Albums, TheFullerAlbumIsCountedWithoutRegardToCase) {
  library.add(of_album(mp3("/m/album/1.mp3"), "Album", "1"), music(1));
  library.add(of_album(mp3("/m/album/2.mp3"), "ALBUM", "2"), music(2));
  library.add(of_album(mp3("/m/b/1.mp3"), "Hits", "1"), music(1));
  going();
  ASSERT_EQ(plan.groups.size(), 1U);
  EXPECT_EQ(plan.groups[0].keep.track.path, "/m/album/1.mp3");
  EXPECT_EQ(plan.groups[0].why, "fuller album folder");
}

TEST_F(Albums, AnAlbumWithAGapOrOfFewTracksIsNone) {
  mp3s(1, 3);
  flac(2, "hits", "Hits");
  EXPECT_EQ(going(), "2") << "three tracks, and no tag says that these are all";
  mp3s(5, 6);
  EXPECT_EQ(going(), "2") << "there is no fourth";
  mp3s(4, 4);
  EXPECT_EQ(going(), "");
}

TEST_F(Albums, TheTotalDecidesWhereThereIsOne) {
  mp3s(1, 3, "/3");
  flac(2, "hits", "Hits");
  EXPECT_EQ(going(), "");
  mp3s(4, 4, "/5");
  EXPECT_EQ(going(), "2") << "one of five is missing";
}

TEST_F(Albums, TheWholeAlbumGoesForOneOtherAlbum) {
  mp3s(1, 4);
  for (int i = 1; i <= 3; ++i) flac(i, "better", "Album");
  EXPECT_EQ(going(), "") << "the fourth has no better copy";
  flac(4, "better", "Album");
  EXPECT_EQ(going(), "1234");
}

TEST_F(Albums, ButNotForCopiesHereAndThere) {
  mp3s(1, 4);
  for (int i = 1; i <= 3; ++i) flac(i, "better", "Album");
  flac(4, "hits", "Hits");
  EXPECT_EQ(going(), "");
}

TEST_F(Albums, AnotherFileOfThatNumberFillsTheGap) {
  mp3s(1, 4);
  flac(2, "album", "Album");
  EXPECT_EQ(going(), "2") << "both formats lie in one folder";
}

TEST_F(Albums, DiscsAreAlbumsOfTheirOwn) {
  mp3s(1, 4);
  TrackRecord second = of_album(mp3("/m/album/9.mp3"), "Album", "1");
  second.tags.disc = std::string("2");
  library.add(second, music(9));
  flac(9, "hits", "Hits");
  EXPECT_EQ(going(), "9") << "of the second disc there is one track only";
}

TEST_F(Albums, WhatTheUserChoseGoes) {
  mp3s(1, 4);
  const TrackId keep = library.add(of_album(lossless("/m/hits/2.flac"), "Hits", "2"), copy_of(2));
  const TrackId drop = library.store().snapshot().find_path("/m/album/2.mp3").value();
  library.decide(keep, drop, Verdict::keep_a);
  EXPECT_EQ(going(), "2");
}

}  // namespace
}  // namespace echofold::dedupe_albums_test
