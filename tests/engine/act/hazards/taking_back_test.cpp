// Hazards: what may have happened to a run's files and folders before it is taken back.
#include <sys/stat.h>
#include <unistd.h>

#include "tests/engine/act/hazards/hazard_support.h"

namespace echofold::hazards_taking_back_test {
namespace {

struct TakingBackHazard : test::HazardTest {
  TakingBackHazard() {
    run = library.apply(plan).run;
    aside = library.set_aside(run, "album/copy.mp3");
  }

  /// Takes back: the first group's file can't come, for a reason with these words; the second one's can.
  void expect_one_stays(const std::string& words) {
    const auto summary = library.undo();
    EXPECT_EQ(summary.restored, 1u);
    EXPECT_EQ(summary.skipped, 1u);
    EXPECT_NE(outcome(library.reported.back()).note.find(words), std::string::npos)
        << outcome(library.reported.back()).note;
    EXPECT_EQ(test::read_file(path("second/copy.mp3")), "its copy");
  }

  /// What was in the way is gone: now the file comes back.
  void expect_the_rest_comes_back() {
    EXPECT_EQ(library.undo(run).restored, 1u);
    EXPECT_EQ(test::read_file(loser()), "a copy");
    EXPECT_FALSE(test::exists(path(".echofold-duplicates")));
  }

  std::string run, aside;
};

TEST_F(TakingBackHazard, OldPlaceTakenByAnotherFile) {
  test::write_file(loser(), "new music");
  expect_one_stays("its old place is taken");
  EXPECT_EQ(test::read_file(loser()), "new music");
  EXPECT_EQ(test::read_file(aside), "a copy");
  std::filesystem::remove(loser());
  expect_the_rest_comes_back();
}

TEST_F(TakingBackHazard, OldPlaceTakenByAFolder) {
  std::filesystem::create_directory(loser());
  expect_one_stays("its old place is taken");
  std::filesystem::remove(loser());
  expect_the_rest_comes_back();
}

TEST_F(TakingBackHazard, OldPlaceTakenByADanglingLink) {
  std::filesystem::create_symlink("nowhere", loser());
  expect_one_stays("its old place is taken");
  EXPECT_TRUE(std::filesystem::is_symlink(loser()));
  std::filesystem::remove(loser());
  expect_the_rest_comes_back();
}

TEST_F(TakingBackHazard, OldFolderBecameALinkElsewhere) {
  std::filesystem::rename(path("album"), library.dir / "away");
  std::filesystem::create_directory_symlink(library.dir / "away", path("album"));
  expect_one_stays("symbolic link");
  EXPECT_FALSE(test::exists(library.dir / "away/copy.mp3"));
  std::filesystem::remove(path("album"));
  std::filesystem::rename(library.dir / "away", path("album"));
  expect_the_rest_comes_back();
}

TEST_F(TakingBackHazard, OldFolderBecameAFile) {
  std::filesystem::rename(path("album"), library.dir / "away");
  test::write_file(path("album"), "a file of that name");
  expect_one_stays("album");
  EXPECT_EQ(test::read_file(aside), "a copy");
  EXPECT_EQ(test::read_file(path("album")), "a file of that name");
}

TEST_F(TakingBackHazard, OldFolderRenamed) {
  std::filesystem::rename(path("album"), path("album (renamed)"));
  EXPECT_EQ(library.undo().restored, 2u) << "in a folder of the old name, which is made again";
  EXPECT_EQ(test::read_file(loser()), "a copy");
  EXPECT_EQ(test::read_file(path("album (renamed)/keep.flac")), "the keeper");
}

TEST_F(TakingBackHazard, SetAsideFileVanished) {
  std::filesystem::rename(aside, library.dir / "taken.mp3");
  expect_one_stays("gone from the set-aside folder");
  std::filesystem::rename(library.dir / "taken.mp3", aside);
  expect_the_rest_comes_back();
}

TEST_F(TakingBackHazard, SetAsideFileChangedComesBackAsItIsNow) {
  test::write_file(aside, "retagged there");
  EXPECT_EQ(library.undo().restored, 2u);
  EXPECT_EQ(test::read_file(loser()), "retagged there");
}

TEST_F(TakingBackHazard, SetAsideFileBecameALink) {
  std::filesystem::rename(aside, library.dir / "elsewhere.mp3");
  std::filesystem::create_symlink(library.dir / "elsewhere.mp3", aside);
  expect_one_stays("not a regular file");
  EXPECT_FALSE(test::exists(loser()));
  EXPECT_EQ(test::read_file(library.dir / "elsewhere.mp3"), "a copy");
}

TEST_F(TakingBackHazard, SetAsideFileBecameAFolder) {
  std::filesystem::remove(aside);
  test::write_file(aside + "/inside", "somebody's");
  expect_one_stays("not a regular file");
  EXPECT_EQ(test::read_file(aside + "/inside"), "somebody's");
}

TEST_F(TakingBackHazard, SetAsideFileBecameAPipe) {
  std::filesystem::remove(aside);
  ASSERT_EQ(mkfifo(aside.c_str(), 0600), 0);
  expect_one_stays("not a regular file");
}

TEST_F(TakingBackHazard, SetAsideFileMovedBackByHand) {
  std::filesystem::rename(aside, loser());
  const auto summary = library.undo();
  EXPECT_EQ(summary.restored, 2u);
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(TakingBackHazard, SetAsideFileCopiedBackByHand) {
  std::filesystem::copy_file(aside, loser());
  const auto bytes = test::read_file(loser());
  expect_one_stays("its old place is taken");
  EXPECT_EQ(test::read_file(loser()), bytes);
  EXPECT_EQ(test::read_file(aside), "a copy");
}

TEST_F(TakingBackHazard, SetAsideFolderDeletedWhole) {
  std::filesystem::remove_all(path(".echofold-duplicates"));
  const auto picture = test::tree(library.root);
  EXPECT_EQ(library.undo().skipped, 2u);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(TakingBackHazard, SetAsideFolderIsAwayAndComesBack) {
  std::filesystem::rename(path(".echofold-duplicates"), library.dir / "unplugged");
  EXPECT_EQ(library.undo().skipped, 2u);
  std::filesystem::rename(library.dir / "unplugged", path(".echofold-duplicates"));
  EXPECT_EQ(library.undo().restored, 2u);
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(TakingBackHazard, SetAsideFolderReplacedByALink) {
  std::filesystem::rename(path(".echofold-duplicates"), library.dir / "away");
  std::filesystem::create_directory_symlink(library.dir / "away", path(".echofold-duplicates"));
  EXPECT_EQ(library.undo().skipped, 2u);
  EXPECT_EQ(test::contents({(library.dir / "away").native()}).size(), 2u);
}

TEST_F(TakingBackHazard, RootRenamed) {
  std::filesystem::rename(library.root, library.dir / "music 2");
  EXPECT_EQ(library.undo().skipped, 2u);
  EXPECT_FALSE(test::exists(library.root)) << "it is not made again";
  EXPECT_EQ(test::contents({(library.dir / "music 2").native()}).size(), 4u);
  std::filesystem::rename(library.dir / "music 2", library.root);
  EXPECT_EQ(library.undo().restored, 2u);
}

TEST_F(TakingBackHazard, KeeperGoneSince) {
  std::filesystem::remove(keeper());
  EXPECT_EQ(library.undo().restored, 2u);
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(TakingBackHazard, TakenBackTwice) {
  library.undo(run);
  const auto picture = test::tree(library.root);
  std::string said;
  EXPECT_EQ(test::fault_of([&] { library.undo(run); }, &said), Fault::usage);
  EXPECT_NE(said.find("already taken back"), std::string::npos) << said;
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(TakingBackHazard, FilesOfTheUserInTheSetAsideFolderStay) {
  test::write_file(library.set_aside(run, "album/notes.txt"), "notes");
  EXPECT_EQ(library.undo().restored, 2u);
  EXPECT_EQ(test::read_file(library.set_aside(run, "album/notes.txt")), "notes");
}

}  // namespace
}  // namespace echofold::hazards_taking_back_test
