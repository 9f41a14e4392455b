// Where a file is after a move that was cut off, by what lies at both ends: names of links, folders and other moves' files.
#include "engine/act/recovery/resolve_move.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/act/files/mover.h"
#include "engine/act/journal/step.h"
#include "tests/engine/act/act_support.h"

namespace echofold::recovery_resolve_move_test {
namespace {

struct SettleTest : testing::Test {
  SettleTest() {
    test::write_file(path("music/song.mp3"), "the song");
    std::filesystem::create_directories(path("aside"));
    move.number = 2;
    move.from = path("music/song.mp3");
    move.to = path("aside/song.mp3");
    move.stamp = test::stamp(move.from);
  }

  std::string path(const std::string& name) const {
    return (std::filesystem::canonical(dir.path()) / name).native();
  }
  std::string part(const std::string& folder) const { return path(folder + "/" + part_name("run", 2)); }

  Resolved settled(const Steps& others = {}) const { return resolve_move(move, "run", others); }

  test::TempDir dir;
  Move move;
};

TEST_F(SettleTest, WhereNameOfAnotherCaseFindsTheFileOfAnotherMoveThatStays) {
  // As on a file system that takes both names for one: what lies at `to` is what move 1 has left there.
  test::write_file(move.to, "the song");
  MoveStep other;
  other.move.number = 1;
  other.move.from = path("music/SONG.mp3");
  other.move.to = path("aside/SONG.mp3");
  other.state = StepState::done;
  other.left = test::stamp(move.to);
  const Resolved found = settled({other});
  EXPECT_EQ(found.where, Whereabouts::before);
  EXPECT_EQ(found.stamp, move.stamp);
  EXPECT_NE(found.note.find("another file of the run"), std::string::npos) << found.note;
  EXPECT_EQ(test::read_file(move.to), "the song") << "that other file is all there is of it";

  other.state = StepState::skipped;
  EXPECT_EQ(settled({other}).note, "interrupted; it is where it was");
  EXPECT_FALSE(test::exists(move.to)) << "a copy that no move accounts for";
}

TEST_F(SettleTest, FilesOfOneSizeAndOtherBytesAreBothKept) {
  test::write_file(move.to, "the gong");
  EXPECT_EQ(settled().where, Whereabouts::after);
  EXPECT_EQ(test::read_file(move.from), "the song");
  EXPECT_EQ(test::read_file(move.to), "the gong");
}

TEST_F(SettleTest, AFolderAtOneEndIsNeverTakenForTheFile) {
  std::filesystem::create_directories(move.to);
  const Resolved found = settled();
  EXPECT_EQ(found.where, Whereabouts::after);
  EXPECT_NE(found.note.find("both are kept"), std::string::npos) << found.note;
  EXPECT_TRUE(std::filesystem::is_directory(move.to));
  EXPECT_EQ(test::read_file(move.from), "the song");
}

TEST_F(SettleTest, ALinkAtOneEndIsNotFollowed) {
  std::filesystem::create_symlink(move.from, move.to);
  settled();
  EXPECT_EQ(test::read_file(move.from), "the song");
  EXPECT_TRUE(std::filesystem::is_symlink(move.to));
}

TEST_F(SettleTest, TemporaryCopiesGoAtBothEndsAndOnlyThisMovesOwn) {
  const std::string neighbour = path("music/" + part_name("run", 3));
  for (const std::string& copy : {part("music"), part("aside"), neighbour}) test::write_file(copy, "the s");
  EXPECT_EQ(settled().where, Whereabouts::before);
  EXPECT_FALSE(test::exists(part("music")));
  EXPECT_FALSE(test::exists(part("aside")));
  EXPECT_TRUE(test::exists(neighbour));
}

TEST_F(SettleTest, AFolderOfThatTemporaryNameStays) {
  std::filesystem::create_directories(part("aside"));
  EXPECT_EQ(settled().where, Whereabouts::before);
  EXPECT_TRUE(test::exists(part("aside")));
}

TEST_F(SettleTest, ASetAsideFolderThatWasNeverMadeHoldsNoTemporaryCopy) {
  std::filesystem::remove(path("aside"));
  EXPECT_EQ(settled().where, Whereabouts::before);
}

TEST_F(SettleTest, WhatIsBehindALinkCannotBeSeen) {
  std::filesystem::rename(path("aside"), path("elsewhere"));
  std::filesystem::create_directory_symlink("elsewhere", path("aside"));
  const Resolved found = settled();
  EXPECT_EQ(found.where, Whereabouts::unknown);
  EXPECT_NE(found.note.find("aside"), std::string::npos) << found.note;
}

TEST_F(SettleTest, AFileThatIsNowhereIsNamedWithBothPlaces) {
  std::filesystem::remove(move.from);
  EXPECT_EQ(settled().where, Whereabouts::unknown);
  EXPECT_NE(settled().note.find("set-aside folder"), std::string::npos) << settled().note;
  move.purpose = MovePurpose::rename;
  EXPECT_NE(settled().note.find(move.to), std::string::npos) << settled().note;
}

}  // namespace
}  // namespace echofold::recovery_resolve_move_test
