// Hazards: one file under several names or paths, and names that some file systems take for one.
#include "engine/act/journal/move_step.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/resolve_move.h"
#include "tests/engine/act/hazards/hazard_support.h"
#include "tests/support/mounts.h"

namespace echofold::hazards_same_file_test {
namespace {

using test::Mount;

struct SameFileHazard : test::HazardTest {
  /// A record for a file that the store may know by another path.
  TrackRecord record_at(const std::string& file) const {
    TrackRecord record = plan[0].drops[0].file.track;
    record.path = file;
    record.stamp = test::stamp(file);
    return record;
  }

  void expect_nothing_moves(const std::string& words) {
    const auto picture = test::tree(library.root);
    EXPECT_EQ(library.apply(plan).moved, 0u);
    ASSERT_FALSE(library.reported.empty());
    for (const Step& step : library.reported)
      EXPECT_NE(outcome(step).note.find(words), std::string::npos) << outcome(step).note;
    EXPECT_EQ(test::tree(library.root), picture);
  }
};

TEST_F(SameFileHazard, HardLinksOfOneFileAsBothSides) {
  std::filesystem::create_hard_link(keeper(), path("second/same.flac"));
  plan = {library.group(1, "album/keep.flac", {"second/same.flac"})};
  expect_nothing_moves("is the same file as");
}

TEST_F(SameFileHazard, OnePathAsBothSides) {
  plan = {test::certain_group(1, plan[0].keep.track, {plan[0].keep.track})};
  expect_nothing_moves("is the same file as");
}

TEST_F(SameFileHazard, LoserIsTheKeeperThroughALinkedFolder) {
  std::filesystem::create_directory_symlink(path("album"), path("linked"));
  plan[0].drops[0].file.track = record_at(path("album/keep.flac"));
  plan[0].drops[0].file.track.path = path("linked/keep.flac");
  plan.pop_back();
  expect_nothing_moves("symbolic link");
}

TEST_F(SameFileHazard, LoserIsTheKeeperThroughABindMount) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  const Mount again = Mount::bind(path("album"), path("again"));
  ASSERT_TRUE(again);
  plan = {library.group(1, "album/keep.flac", {"again/keep.flac"})};
  expect_nothing_moves("is the same file as");
  EXPECT_EQ(test::read_file(keeper()), "the keeper");
}

TEST_F(SameFileHazard, OneFolderThroughABindMountThereAndBack) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  // rename and link refuse to cross mounts though the file system is one: the file goes by copy.
  const Mount again = Mount::bind(path("album"), path("again"));
  ASSERT_TRUE(again);
  plan = {library.group(1, "second/keep.flac", {"again/copy.mp3"})};
  const auto bytes = test::contents({path("album"), path("second")});
  ASSERT_EQ(library.apply(plan).moved, 1u);
  EXPECT_FALSE(test::exists(loser()));
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::contents({path("album"), path("second")}), bytes);
}

TEST_F(SameFileHazard, OneFileThroughTwoMountsIsNeverTakenForItsOwnCopy) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  // As after a crash: the set-aside place shows the very file that is in its old place, and there is one of it.
  const Mount again = Mount::bind(path("album"), path("again"));
  ASSERT_TRUE(again);
  Move move;
  move.number = 1;
  move.from = loser();
  move.to = path("again/copy.mp3");
  move.stamp = plan[0].drops[0].file.track.stamp;
  resolve_move(move, "run", {});
  EXPECT_EQ(test::read_file(loser()), "a copy");
}

TEST_F(SameFileHazard, TwoNamesOfOneLoserGoAndComeBackAsOneFile) {
  std::filesystem::create_hard_link(loser(), path("second/linked.mp3"));
  plan = {library.group(1, "album/keep.flac", {"album/copy.mp3", "second/linked.mp3"})};
  expect_there_and_back();
  EXPECT_EQ(look_at(loser())->st_ino, look_at(path("second/linked.mp3"))->st_ino);
}

TEST_F(SameFileHazard, OneLoserInTwoGroupsMovesOnce) {
  plan[1].drops.push_back(test::certain_loser(plan[0].drops[0].file.track));
  const auto summary = library.apply(plan);
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_EQ(summary.skipped, 2u) << "the second group is not as planned any more";
}

TEST_F(SameFileHazard, LoserIsTheKeeperOfAnotherGroup) {
  plan[1].drops[0].file.track = plan[0].keep.track;
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_NE(outcome(library.reported.back()).note.find("to stay in group 1"), std::string::npos);
  EXPECT_EQ(test::read_file(keeper()), "the keeper");
}

TEST_F(SameFileHazard, AChainOfGroupsLeavesEveryKeeper) {
  for (const char* name : {"c/1", "c/2", "c/3"}) library.file(name, name);
  plan = {library.group(1, "c/1", {"c/2"}), library.group(2, "c/2", {"c/3"}),
          library.group(3, "c/3", {"c/1"})};
  expect_nothing_moves("is the copy that is to stay in group");
}

TEST_F(SameFileHazard, LoserIsAHardLinkOfAnotherGroupsKeeper) {
  std::filesystem::create_hard_link(path("second/keep.flac"), path("album/linked.flac"));
  plan = {library.group(1, "album/keep.flac", {"album/linked.flac"}), plan[1]};
  EXPECT_EQ(library.apply(plan).moved, 1u);
  EXPECT_NE(outcome(library.reported[0]).note.find("to stay in group 2"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_TRUE(test::exists(path("album/linked.flac")));
}

TEST_F(SameFileHazard, NamesThatDifferOnlyByCase) {
  const std::vector<std::string> names{"album/Song.mp3", "album/song.mp3", "album/SONG.mp3",
                                       "Album/song.mp3"};
  for (const auto& name : names) library.file(name, "the same bytes");
  plan = {library.group(1, "album/keep.flac", names)};
  expect_there_and_back();
}

TEST_F(SameFileHazard, NamesThatDifferOnlyByUnicodeNormalForm) {
  const std::vector<std::string> names{"Bj\xc3\xb6rk/J\xc3\xb3ga.mp3", "Bjo\xcc\x88rk/Jo\xcc\x81ga.mp3",
                                       "Bj\xc3\xb6rk/Jo\xcc\x81ga.mp3"};
  for (const auto& name : names) library.file(name, "the same bytes");
  plan = {library.group(1, "album/keep.flac", names)};
  expect_there_and_back();
}

TEST_F(SameFileHazard, EqualNamesFromTwoRootsInOneSetAsideFolder) {
  const std::string other = (library.dir / "other root").native();
  test::write_file(other + "/album/copy.mp3", "of the other root");
  library.store.write([&](Writer& writer) { writer.put_root({other, 0, 1}); });
  TrackRecord record = plan[0].drops[0].file.track;
  record.id = 0;
  record.path = other + "/album/copy.mp3";
  record.stamp = test::stamp(record.path);
  library.store.write([&](Writer& writer) { record.id = writer.put_track(record, test::make_items(7, 20)); });
  plan[0].drops.push_back(test::certain_loser(library.record(record.id)));
  ApplySettings settings;
  settings.set_aside_dir = (library.dir / "dups").native();
  const auto picture = test::tree(other);
  expect_there_and_back(settings);
  EXPECT_EQ(test::tree(other), picture);
}

}  // namespace
}  // namespace echofold::hazards_same_file_test
