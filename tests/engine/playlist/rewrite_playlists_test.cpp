// Playlists under the roots of a library are updated for moved files, and undone with the run.
#include "engine/playlist/rewrite_playlists.h"
#include "engine/act/recovery/history.h"

#include <gtest/gtest.h>

#include "tests/engine/act/act_support.h"
#include "tests/support/message_of.h"

namespace echofold::playlist_rewrite_playlists_test {
namespace {

using namespace std::string_literals;

using test::Library;

struct PlaylistsTest : testing::Test {
  PlaylistsTest() {
    library.file("a/keep.flac", "keeper");
    library.file("b/drop.mp3", "loser");
    library.file("all.m3u8", "#EXTM3U\r\nb/drop.mp3\r\na/keep.flac\r\n");
    library.file("lists/x.xspf", "<location>../b/drop.mp3</location>");
    library.file("lists/other.pls", "File1=../a/keep.flac\n");
    library.file(".hidden/h.m3u", "../b/drop.mp3\n");
    library.file("notes.txt", "b/drop.mp3\n");
    library.add_root();
    test::age(library.root);
    group = library.group(1, "a/keep.flac", {"b/drop.mp3"});
    before = test::tree(library.root);
    settings.after_moves = [this](Rewriter& rewriter, const std::vector<GoneFile>& gone) {
      NewPlaces places;
      for (const GoneFile& file : gone) places.emplace(file.path, file.keeper);
      rewrite_playlists(rewriter, {library.root}, places,
                        [this](const RewrittenPlaylist& playlist) { told.push_back(playlist); });
    };
  }

  Library library;
  PlanGroup group;
  std::map<std::string, std::string> before;
  ApplySettings settings;
  std::vector<RewrittenPlaylist> told;
};

TEST_F(PlaylistsTest, LeadToTheKeeperAndBack) {
  EXPECT_EQ(library.apply({group}, settings).moved, 1u);
  EXPECT_EQ(test::read_file(library.path("all.m3u8")), "#EXTM3U\r\na/keep.flac\r\na/keep.flac\r\n");
  EXPECT_EQ(test::read_file(library.path("lists/x.xspf")), "<location>../a/keep.flac</location>");
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].entries, 1u);
  EXPECT_EQ(history(library.store).at(0).rewrites_done, 2u);
  EXPECT_EQ(test::read_file(library.path(".hidden/h.m3u")), "../b/drop.mp3\n");
  EXPECT_EQ(library.undo().restored, 3u);
  EXPECT_EQ(test::tree(library.root), before) << "bytes and times";
}

TEST_F(PlaylistsTest, NothingMovedIsNothingRewritten) {
  test::write_file(group.keep.track.path, "changed");
  EXPECT_EQ(library.apply({group}, settings).moved, 0u);
  EXPECT_TRUE(told.empty());
  EXPECT_EQ(test::read_file(library.path("lists/x.xspf")), "<location>../b/drop.mp3</location>");
}

TEST_F(PlaylistsTest, OneThatCannotBeRewrittenIsToldAndStays) {
  std::filesystem::create_hard_link(library.path("all.m3u8"), library.path("copy.txt"));
  EXPECT_EQ(library.apply({group}, settings).moved, 1u);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_NE(test::message_of(told[0].failure).find("hard links"), std::string::npos)
      << test::message_of(told[0].failure);
  EXPECT_EQ(test::message_of(told[1].failure), "");
  EXPECT_EQ(test::read_file(library.path("copy.txt")), "#EXTM3U\r\nb/drop.mp3\r\na/keep.flac\r\n");
}

TEST_F(PlaylistsTest, WhatCannotFollowIsToldOnce) {
  library.file("lists/windows.m3u", "D:\\music\\b\\drop.mp3\nD:\\music\\b\\drop.mp3\n");
  library.file("lists/foobar.fpl", "FPL\0file://D:\\music\\b\\drop.mp3\0"s);
  EXPECT_EQ(library.apply({group}, settings).moved, 1u);
  std::map<std::string, std::vector<LostEntry>> lost;
  for (const RewrittenPlaylist& playlist : told)
    if (!playlist.lost.empty()) lost[playlist.path] = playlist.lost;
  ASSERT_EQ(lost.size(), 2u);
  ASSERT_EQ(lost[library.path("lists/windows.m3u")].size(), 1u);
  EXPECT_EQ(lost[library.path("lists/windows.m3u")][0].entry, "D:\\music\\b\\drop.mp3");
  ASSERT_EQ(lost[library.path("lists/foobar.fpl")].size(), 1u);
  EXPECT_NE(lost[library.path("lists/foobar.fpl")][0].why.find(".fpl"), std::string::npos);
}

TEST_F(PlaylistsTest, ACueSheetIsARewriteOfItsOwnKind) {
  library.file("lists/mix.cue", "FILE \"../b/drop.mp3\" MP3\n");
  EXPECT_EQ(library.apply({group}, settings).moved, 1u);
  EXPECT_EQ(test::read_file(library.path("lists/mix.cue")), "FILE \"../a/keep.flac\" MP3\n");
  const auto cue = std::find_if(told.begin(), told.end(),
                                [](const auto& row) { return row.kind == RewriteKind::cue_sheet; });
  ASSERT_NE(cue, told.end());
  EXPECT_EQ(library.undo().restored, 4u);
}

}  // namespace
}  // namespace echofold::playlist_rewrite_playlists_test
