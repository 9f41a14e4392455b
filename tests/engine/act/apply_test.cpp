// apply: what is moved, where to, what is refused and why; nothing else is touched.
#include "engine/act/apply.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"

namespace echofold::act_apply_test {
namespace {

using test::Library;

struct ApplyTest : testing::Test {
  ApplyTest() {
    library.file("album/keep.flac", "the keeper");
    library.file("album/copy.mp3", "a copy");
    library.file("other/copy 2.mp3", "another copy");
    library.add_root();
  }

  /// The group of the three files, as a plan of now would have it.
  PlanGroup group() { return library.group(1, "album/keep.flac", {"album/copy.mp3", "other/copy 2.mp3"}); }

  /// Applies and expects that the whole group stays, for a reason that names both.
  void expect_skipped(const std::vector<PlanGroup>& groups, const std::string& path,
                      const std::string& reason) {
    const auto before = test::contents({library.root});
    const auto summary = library.apply(groups);
    EXPECT_EQ(summary.moved, 0u);
    EXPECT_EQ(summary.skipped, library.reported.size());
    EXPECT_FALSE(library.reported.empty());
    for (const Step& step : library.reported) {
      EXPECT_NE(outcome(step).note.find(path), std::string::npos) << outcome(step).note;
      EXPECT_NE(outcome(step).note.find(reason), std::string::npos) << outcome(step).note;
      EXPECT_EQ(outcome(step).state, StepState::skipped);
    }
    EXPECT_EQ(test::contents({library.root}), before);
  }

  Library library;
};

// Where everybody may write, the sticky bit keeps others from files that are not theirs.
TEST_F(ApplyTest, TheSetAsideFolderIsAsProtectedAsItsRoot) {
  ASSERT_EQ(chmod(library.root.c_str(), 03777), 0);
  const auto summary = library.apply({group()});
  ASSERT_EQ(summary.moved, 2u);
  EXPECT_EQ(look_at(library.root + "/.echofold-duplicates/" + summary.run)->st_mode & 07777u, 03777u);
}

TEST_F(ApplyTest, SetsLosersAside) {
  chmod(library.path("other").c_str(), 0750);
  const auto groups = std::vector{group()};
  const auto summary = library.apply(groups);
  EXPECT_EQ(summary.moved, 2u);
  EXPECT_EQ(summary.skipped, 0u);
  EXPECT_EQ(summary.bytes, std::string("a copyanother copy").size());
  EXPECT_FALSE(summary.interrupted);
  EXPECT_EQ(test::read_file(library.set_aside(summary.run, "album/copy.mp3")), "a copy");
  EXPECT_EQ(test::read_file(library.set_aside(summary.run, "other/copy 2.mp3")), "another copy");
  EXPECT_EQ(test::read_file(library.path("album/keep.flac")), "the keeper");
  EXPECT_FALSE(test::exists(library.path("album/copy.mp3")));
  EXPECT_EQ(look_at(library.set_aside(summary.run, "other"))->st_mode & 07777u, 0750u)
      << "what was private stays private";

  ASSERT_EQ(library.reported.size(), 2u);
  EXPECT_EQ(place_after(library.reported[0]), library.set_aside(summary.run, "album/copy.mp3"));
  const auto record = library.record(groups[0].drops[0].file.track.id);
  EXPECT_EQ(record.place, TrackPlace::set_aside);
  EXPECT_EQ(record.path, library.path("album/copy.mp3"));
  EXPECT_EQ(record.set_aside_path, place_after(library.reported[0]));
  EXPECT_EQ(library.record(groups[0].keep.track.id).place, TrackPlace::present);
  const auto runs = history(library.store);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_TRUE(runs[0].finished);
  EXPECT_TRUE(runs[0].settled);
  EXPECT_EQ(runs[0].moves_done, 2u);
}

TEST_F(ApplyTest, NothingToDoLeavesNoTrace) {
  const auto before = test::tree(library.root);
  EXPECT_EQ(library.apply({}).run, "");
  EXPECT_EQ(library.apply({library.group(1, "album/keep.flac", {})}).run, "");
  EXPECT_TRUE(history(library.store).empty());
  EXPECT_EQ(test::tree(library.root), before);
}

TEST_F(ApplyTest, AChangedKeeper) {
  const auto planned = group();
  library.file("album/keep.flac", "the keeper, longer");
  expect_skipped({planned}, "album/keep.flac", "size 10 -> 18");
}

TEST_F(ApplyTest, AVanishedKeeper) {
  const auto planned = group();
  std::filesystem::rename(library.path("album/keep.flac"), library.path("album/renamed.flac"));
  expect_skipped({planned}, "album/keep.flac", "gone since the plan was made");
}

TEST_F(ApplyTest, AReplacedKeeper) {
  const auto planned = group();
  const auto kept = look_at(library.path("album/keep.flac")).value();
  library.file("album/new", "the keeper");
  test::set_mtime(library.path("album/new"), kept.st_mtim.tv_sec, kept.st_mtim.tv_nsec);
  std::filesystem::rename(library.path("album/new"), library.path("album/keep.flac"));
  expect_skipped({planned}, "album/keep.flac", "inode");
}

TEST_F(ApplyTest, AKeeperThatBecameALinkToTheLoser) {
  const auto planned = group();
  std::filesystem::remove(library.path("album/keep.flac"));
  std::filesystem::create_symlink("copy.mp3", library.path("album/keep.flac"));
  expect_skipped({planned}, "album/keep.flac", "not a regular file");
}

TEST_F(ApplyTest, AChangedLoserSkipsTheWholeGroup) {
  const auto planned = group();
  test::set_mtime(library.path("other/copy 2.mp3"), 1, 0);
  expect_skipped({planned}, "other/copy 2.mp3", "modification time");
}

TEST_F(ApplyTest, AVanishedLoserSkipsTheWholeGroup) {
  const auto planned = group();
  std::filesystem::remove(library.path("other/copy 2.mp3"));
  expect_skipped({planned}, "other/copy 2.mp3", "gone");
}

TEST_F(ApplyTest, AFolderThatBecameALink) {
  const auto planned = group();
  std::filesystem::rename(library.path("other"), library.dir / "away");
  std::filesystem::create_directory_symlink(library.dir / "away", library.path("other"));
  const auto summary = library.apply({planned});
  EXPECT_EQ(summary.moved, 0u);
  EXPECT_NE(outcome(library.reported[0]).note.find("symbolic link"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_TRUE(test::exists(library.dir / "away/copy 2.mp3"));
}

TEST_F(ApplyTest, OneFileUnderTwoNames) {
  std::filesystem::create_hard_link(library.path("album/keep.flac"), library.path("other/same.flac"));
  expect_skipped({library.group(1, "album/keep.flac", {"other/same.flac"})}, "other/same.flac",
                 "is the same file as");
}

TEST_F(ApplyTest, OnePathAsBothSides) {
  const auto keep = library.scanned("album/keep.flac");
  expect_skipped({test::certain_group(1, keep, {keep})}, "album/keep.flac", "is the same file as");
}

TEST_F(ApplyTest, AKeeperOfAnotherGroupStays) {
  auto first = group();
  const auto second = test::certain_group(2, first.drops[0].file.track, {first.keep.track});
  first.drops.erase(first.drops.begin());
  const auto summary = library.apply({first, second});
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_NE(outcome(library.reported[1]).note.find("to stay in group 1"), std::string::npos)
      << outcome(library.reported[1]).note;
  EXPECT_TRUE(test::exists(library.path("album/keep.flac")));
}

TEST_F(ApplyTest, OneLoserInTwoGroupsMovesOnce) {
  auto first = group();
  auto second = first;
  second.number = 2;
  const auto summary = library.apply({first, second});
  EXPECT_EQ(summary.moved, 2u);
  EXPECT_EQ(summary.skipped, 2u);
}

TEST_F(ApplyTest, APlanOfAnotherLibraryTouchesNothing) {
  const auto planned = group();
  const auto before = test::tree(library.root);
  try {
    apply(library.store, {"00000000-0000-0000-0000-000000000000", {planned}}, {});
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    EXPECT_NE(std::string(e.what()).find("another library"), std::string::npos);
  }
  EXPECT_EQ(test::tree(library.root), before);
}

TEST_F(ApplyTest, ImportedTracksTouchNothing) {
  const auto good = group();
  for (const bool as_keeper : {false, true})
    for (const bool by_stamp : {false, true}) {
      auto bad = good;
      TrackRecord& imported = as_keeper ? bad.keep.track : bad.drops[1].file.track;
      if (by_stamp) imported.stamp = {};
      if (!by_stamp) imported.place = TrackPlace::imported;
      const auto before = test::tree(library.root);
      try {
        library.apply({good, bad});
        FAIL();
      } catch (const Error& e) {
        EXPECT_EQ(e.fault(), Fault::usage);
        EXPECT_NE(std::string(e.what()).find(imported.path), std::string::npos);
      }
      EXPECT_EQ(test::tree(library.root), before);
    }
}

TEST_F(ApplyTest, OddNames) {
  const std::vector<std::string> names{
      "new\nline.mp3", "-rf", "it's \"so\".mp3", "\xff\xfe.mp3", "\xe2\x80\xae.mp3", std::string(255, 'n')};
  for (const std::string& name : names) library.file("odd/" + name, name);
  const auto planned = library.group(1, "album/keep.flac", [&] {
    std::vector<std::string> drops;
    for (const std::string& name : names) drops.push_back("odd/" + name);
    return drops;
  }());
  const auto before = test::tree(library.root);
  const auto summary = library.apply({planned});
  EXPECT_EQ(summary.moved, names.size());
  for (const std::string& name : names)
    EXPECT_EQ(test::read_file(library.set_aside(summary.run, "odd/" + name)), name);
  library.undo();
  EXPECT_EQ(test::tree(library.root), before);
}

TEST_F(ApplyTest, ASetAsideFolderOfTheUser) {
  ApplySettings settings;
  settings.set_aside_dir = (library.dir / "dups/here").native();
  const auto before = test::tree(library.root);
  const auto summary = library.apply({group()}, settings);
  EXPECT_EQ(test::read_file(settings.set_aside_dir + "/" + summary.run + "/album/copy.mp3"), "a copy");
  EXPECT_FALSE(test::exists(library.path(".echofold-duplicates")));
  library.undo();
  EXPECT_EQ(test::tree(library.root), before);
  EXPECT_FALSE(test::exists(library.dir / "dups"));
}

TEST_F(ApplyTest, ASetAsideFolderThatAScanWouldWalkTouchesNothing) {
  const auto planned = group();
  const auto before = test::tree(library.root);
  ApplySettings settings;
  settings.set_aside_dir = library.path("dups");
  EXPECT_THROW(library.apply({planned}, settings), Error);
  EXPECT_EQ(test::tree(library.root), before);
}

TEST_F(ApplyTest, AFileInTheWayOfTheSetAsideFolder) {
  const auto planned = group();
  library.file(".echofold-duplicates", "a file, not a folder");
  const auto before = test::contents({library.root});
  const auto summary = library.apply({planned});
  EXPECT_EQ(summary.moved, 0u);
  EXPECT_EQ(summary.skipped, 2u);
  EXPECT_NE(outcome(library.reported[0]).note.find(".echofold-duplicates"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_EQ(test::contents({library.root}), before);
}

TEST_F(ApplyTest, ASetAsideFolderThatIsALinkIsNotFollowed) {
  const auto planned = group();
  std::filesystem::create_directory(library.dir / "away");
  std::filesystem::create_directory_symlink(library.dir / "away", library.path(".echofold-duplicates"));
  EXPECT_EQ(library.apply({planned}).moved, 0u);
  EXPECT_TRUE(std::filesystem::is_empty(library.dir / "away"));
  EXPECT_NE(outcome(library.reported[0]).note.find("symbolic link"), std::string::npos)
      << outcome(library.reported[0]).note;
}

TEST_F(ApplyTest, AStopIsObeyedBetweenMoves) {
  auto first = group();
  auto second = first;
  second.number = 2;
  second.drops.erase(second.drops.begin());
  first.drops.pop_back();
  std::stop_source stop;
  const auto summary = apply(
      library.store, {library.store.library_id(), {first, second}}, {},
      [&](const PlanGroup&, const Step&) { stop.request_stop(); }, stop.get_token());
  EXPECT_TRUE(summary.interrupted);
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_TRUE(test::exists(library.path("other/copy 2.mp3")));
  EXPECT_FALSE(history(library.store)[0].finished);
  EXPECT_EQ(library.undo().restored, 1u);
}

TEST_F(ApplyTest, WithoutAJournalNothingMoves) {
  if (geteuid() == 0) {
    // Root is not bound by permissions: a file in the place of the folder fails for everyone.
    test::write_file(library.dir / "db/runs", "in the way");
  } else {
    chmod((library.dir / "db").c_str(), 0500);
  }
  const auto planned = group();
  const auto before = test::tree(library.root);
  EXPECT_THROW(library.apply({planned}), Error);
  EXPECT_EQ(test::tree(library.root), before);
  chmod((library.dir / "db").c_str(), 0700);
}

TEST_F(ApplyTest, OneBadGroupDoesNotStopTheOthers) {
  library.file("c/keep", "kkk");
  library.file("c/drop", "ddd");
  const auto first = group();
  const auto second = library.group(2, "c/keep", {"c/drop"});
  std::filesystem::remove(first.keep.track.path);
  const auto summary = library.apply({first, second});
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_EQ(summary.skipped, 2u);
}

TEST_F(ApplyTest, OnlyDropsWithTheActionMoveGo) {
  auto planned = group();
  for (const Action action : {Action::review, Action::none}) {
    planned.drops[1].action = action;
    EXPECT_EQ(library.apply({planned}).moved, 1u);
    EXPECT_EQ(library.reported.size(), 1u) << "the other is not even mentioned";
    EXPECT_FALSE(test::exists(planned.drops[0].file.track.path));
    EXPECT_TRUE(test::exists(planned.drops[1].file.track.path));
    EXPECT_EQ(library.undo().restored, 1u);
  }
}

TEST_F(ApplyTest, AKeeperThatNothingGoesForIsNoKeeper) {
  auto asked = group();
  for (PlanDrop& drop : asked.drops) drop.action = Action::review;
  library.file("c/keep.flac", "kkk");
  auto certain = library.group(2, "c/keep.flac", {});
  certain.drops.push_back(test::certain_loser(asked.keep.track));
  EXPECT_EQ(library.apply({asked, certain}).moved, 1u);
}

}  // namespace
}  // namespace echofold::act_apply_test
