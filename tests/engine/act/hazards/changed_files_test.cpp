// Hazards: files that are not what the plan says when it is applied.
#include <sys/stat.h>
#include <unistd.h>

#include "tests/engine/act/hazards/hazard_support.h"

namespace echofold::hazards_changed_files_test {
namespace {

struct ChangedFileHazard : test::HazardTest {
  /// Puts other bytes in the place of a file and gives them its old time.
  void rewrite_keeping_mtime(const std::string& file, const std::string& bytes, bool as_new_file) {
    const auto before = look_at(file).value();
    const std::string target = as_new_file ? file + ".new" : file;
    test::write_file(target, bytes);
    test::set_mtime(target, before.st_mtim.tv_sec, before.st_mtim.tv_nsec);
    if (as_new_file) std::filesystem::rename(target, file);
  }
};

TEST_F(ChangedFileHazard, LoserChangedBetweenPlanAndApply) {
  test::write_file(loser(), "retagged");
  expect_first_group_stays("changed since the plan was made: size 6 -> 8");
}

TEST_F(ChangedFileHazard, LoserOnlyTouchedBetweenPlanAndApply) {
  test::set_mtime(loser(), 1'600'000'000, 1);
  expect_first_group_stays("modification time");
}

TEST_F(ChangedFileHazard, LoserReplacedByAnotherFileOfTheSameSizeAndTime) {
  rewrite_keeping_mtime(loser(), "A COPY", true);
  expect_first_group_stays("inode");
}

TEST_F(ChangedFileHazard, LoserVanishedBetweenPlanAndApply) {
  std::filesystem::rename(loser(), path("album/renamed.mp3"));
  expect_first_group_stays("gone since the plan was made");
}

TEST_F(ChangedFileHazard, LoserBecameAFolder) {
  std::filesystem::remove(loser());
  test::write_file(loser() + "/inside.mp3", "music in a folder of that name");
  expect_first_group_stays("not a regular file");
}

TEST_F(ChangedFileHazard, LoserBecameAPipe) {
  std::filesystem::remove(loser());
  ASSERT_EQ(mkfifo(loser().c_str(), 0600), 0);
  expect_first_group_stays("not a regular file");
}

TEST_F(ChangedFileHazard, LoserBecameALinkToAFileElsewhere) {
  std::filesystem::rename(loser(), library.dir / "elsewhere.mp3");
  std::filesystem::create_symlink(library.dir / "elsewhere.mp3", loser());
  expect_first_group_stays("not a regular file");
  EXPECT_EQ(test::read_file(library.dir / "elsewhere.mp3"), "a copy");
}

TEST_F(ChangedFileHazard, KeeperVanishedBetweenPlanAndApply) {
  std::filesystem::remove(keeper());
  expect_first_group_stays("the copy that is to stay: gone");
}

TEST_F(ChangedFileHazard, KeeperChangedBetweenPlanAndApply) {
  test::write_file(keeper(), "cut of");
  expect_first_group_stays("the copy that is to stay: changed");
}

TEST_F(ChangedFileHazard, KeeperCutToNothing) {
  ASSERT_EQ(truncate(keeper().c_str(), 0), 0);
  expect_first_group_stays("size 10 -> 0");
}

TEST_F(ChangedFileHazard, KeeperReplacedByALinkToItsLoser) {
  std::filesystem::remove(keeper());
  std::filesystem::create_hard_link(loser(), keeper());
  expect_first_group_stays("the copy that is to stay: changed");
}

TEST_F(ChangedFileHazard, KeeperAndLoserSwappedNames) {
  std::filesystem::rename(keeper(), path("album/x"));
  std::filesystem::rename(loser(), keeper());
  std::filesystem::rename(path("album/x"), loser());
  expect_first_group_stays("changed since the plan was made");
}

TEST_F(ChangedFileHazard, MtimeKeptButContentOfAnotherSize) {
  rewrite_keeping_mtime(loser(), "another song", false);
  expect_first_group_stays("size");
}

TEST_F(ChangedFileHazard, MtimeKeptButContentChangedInPlaceKeepsTheNewBytes) {
  // Nothing but reading every byte would tell: it is set aside, and comes back with the bytes it had then.
  rewrite_keeping_mtime(loser(), "A COPY", false);
  expect_there_and_back();
  EXPECT_EQ(test::read_file(loser()), "A COPY");
}

TEST_F(ChangedFileHazard, FolderOfTheLoserBecameALinkElsewhere) {
  std::filesystem::rename(path("album"), library.dir / "away");
  std::filesystem::create_directory_symlink(library.dir / "away", path("album"));
  const auto summary = library.apply(plan);
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_NE(outcome(library.reported[0]).note.find("symbolic link"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_EQ(test::read_file(library.dir / "away/copy.mp3"), "a copy");
}

TEST_F(ChangedFileHazard, FolderRenamedBetweenPlanAndApply) {
  std::filesystem::rename(path("album"), path("Album (remastered)"));
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_EQ(test::read_file(path("Album (remastered)/copy.mp3")), "a copy");
  EXPECT_FALSE(test::exists(path("album")));
}

}  // namespace
}  // namespace echofold::hazards_changed_files_test
