// undo: the tree is what it was, to the nanosecond and to the folder; what can't go back stays safe.
#include "engine/act/recovery/undo.h"

#include <gtest/gtest.h>

#include "engine/act/journal/journal.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/step_support.h"
#include "tests/support/message_of.h"

namespace echofold::recovery_undo_test {
namespace {

using test::Library;
using test::OtherFileSystem;

struct UndoTest : testing::Test {
  UndoTest() {
    for (const char* name :
         {"a/keep.flac", "a/1.mp3", "a/deep/er/2.mp3", "b/3.mp3", "4.mp3", "b/keep.flac", "c/5.mp3"})
      library.file(name, std::string("bytes of ") + name);
    chmod(library.path("a/1.mp3").c_str(), 0600);
    chmod(library.path("b").c_str(), 0700);
    library.add_root();
    groups = {library.group(1, "a/keep.flac", {"a/1.mp3", "a/deep/er/2.mp3", "b/3.mp3", "4.mp3"}),
              library.group(2, "b/keep.flac", {"c/5.mp3"})};
    test::age(library.root);
    groups = {library.group(1, "a/keep.flac", {"a/1.mp3", "a/deep/er/2.mp3", "b/3.mp3", "4.mp3"}),
              library.group(2, "b/keep.flac", {"c/5.mp3"})};
    before = test::tree(library.root);
  }

  std::string usage_error(const std::string& run) {
    try {
      library.undo(run);
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
      return e.what();
    }
    return "no error";
  }

  Library library;
  std::vector<PlanGroup> groups;
  std::map<std::string, std::string> before;
};

TEST_F(UndoTest, TheTreeIsIdentical) {
  ASSERT_EQ(library.apply(groups).moved, 5u);
  EXPECT_NE(test::tree(library.root), before);
  const auto summary = library.undo();
  EXPECT_EQ(summary.restored, 5u);
  EXPECT_EQ(summary.skipped, 0u);
  EXPECT_EQ(test::tree(library.root), before);
  for (const auto& group : groups)
    for (const TrackRecord& drop : tracks_of(group.drops)) EXPECT_EQ(library.record(drop.id), drop);
  ASSERT_EQ(library.reported.size(), 5u);
  EXPECT_EQ(place_before(library.reported[0]), library.path("c/5.mp3")) << "last first";
}

TEST_F(UndoTest, TheTreeIsIdenticalAcrossFileSystems) {
  const OtherFileSystem other(library.root);
  if (!other) GTEST_SKIP() << "there is no other file system";
  ApplySettings settings;
  settings.set_aside_dir = other.path() + "/dups";
  ASSERT_EQ(library.apply(groups, settings).moved, 5u);
  EXPECT_EQ(library.undo().restored, 5u);
  EXPECT_EQ(test::tree(library.root), before);
  EXPECT_TRUE(std::filesystem::is_empty(other.path()));
  // The restored files are new inodes, and the store knows them.
  for (const TrackRecord& drop : tracks_of(groups[0].drops))
    EXPECT_EQ(library.record(drop.id).stamp, test::stamp(drop.path));
}

TEST_F(UndoTest, TwiceSaysThatNothingIsLeft) {
  const auto run = library.apply(groups).run;
  library.undo();
  EXPECT_NE(usage_error(run).find("already taken back"), std::string::npos);
  EXPECT_NE(usage_error("").find("no run to take back"), std::string::npos);
  EXPECT_NE(usage_error("2020-01-01T00-00-00Z-0000").find("no run"), std::string::npos);
  EXPECT_EQ(test::tree(library.root), before);
  EXPECT_TRUE(history(library.store)[0].taken_back);
}

TEST_F(UndoTest, ATakenPlaceIsNotOverwritten) {
  const auto run = library.apply(groups).run;
  library.file("a/1.mp3", "new music");
  const auto summary = library.undo();
  EXPECT_EQ(summary.restored, 4u);
  EXPECT_EQ(summary.skipped, 1u);
  EXPECT_EQ(test::read_file(library.path("a/1.mp3")), "new music");
  EXPECT_EQ(test::read_file(library.set_aside(run, "a/1.mp3")), "bytes of a/1.mp3");
  EXPECT_NE(outcome(library.reported.back()).note.find("taken"), std::string::npos)
      << outcome(library.reported.back()).note;

  std::filesystem::remove(library.path("a/1.mp3"));
  EXPECT_EQ(library.undo(run).restored, 1u) << "it can be asked for again";
  EXPECT_EQ(test::read_file(library.path("a/1.mp3")), "bytes of a/1.mp3");
  EXPECT_FALSE(test::exists(library.path(".echofold-duplicates")));
}

TEST_F(UndoTest, AFileChangedInTheSetAsideFolderComesBackAsItIs) {
  const auto run = library.apply(groups).run;
  test::write_file(library.set_aside(run, "b/3.mp3"), "retagged there");
  EXPECT_EQ(library.undo().restored, 5u);
  EXPECT_EQ(test::read_file(library.path("b/3.mp3")), "retagged there");
  bool noted = false;
  for (const Step& step : library.reported)
    noted = noted || outcome(step).note.find("changed") != std::string::npos;
  EXPECT_TRUE(noted);
  EXPECT_NE(library.record(groups[0].drops[2].file.track.id).stamp, test::stamp(library.path("b/3.mp3")))
      << "to be read again";
}

TEST_F(UndoTest, AFileGoneFromTheSetAsideFolder) {
  const auto run = library.apply(groups).run;
  std::filesystem::remove(library.set_aside(run, "b/3.mp3"));
  const auto summary = library.undo();
  EXPECT_EQ(summary.restored, 4u);
  EXPECT_EQ(summary.skipped, 1u);
}

TEST_F(UndoTest, AFolderThatIsGoneIsMadeAgain) {
  library.apply(groups);
  std::filesystem::remove(library.path("c"));
  std::filesystem::remove_all(library.path("a/deep"));
  EXPECT_EQ(library.undo().restored, 5u);
  EXPECT_EQ(test::read_file(library.path("a/deep/er/2.mp3")), "bytes of a/deep/er/2.mp3");
  EXPECT_NE(outcome(library.reported[0]).note.find("made again"), std::string::npos);
}

TEST_F(UndoTest, ALibraryThatIsAwayIsNotMadeAgain) {
  ApplySettings settings;
  settings.set_aside_dir = (library.dir / "dups").native();
  library.apply(groups, settings);
  std::filesystem::rename(library.root, library.dir / "unplugged");
  EXPECT_EQ(library.undo().skipped, 5u);
  EXPECT_NE(outcome(library.reported[0]).note.find("mounted"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_FALSE(test::exists(library.root));
  std::filesystem::rename(library.dir / "unplugged", library.root);
  EXPECT_EQ(library.undo().restored, 5u);
  EXPECT_EQ(test::tree(library.root), before);
}

TEST_F(UndoTest, AnEmptyMountPointIsNotFilled) {
  std::filesystem::create_directory(library.dir / "mount point");
  test::write_file(library.dir / "aside/x", "x");
  Move move;
  move.number = 1;
  move.root = (library.dir / "mount point").native();
  move.to = (library.dir / "aside/x").native();
  move.stamp = test::stamp(move.to);
  ++move.stamp.device;  // the file was on the drive that is not there now
  for (const char* name : {"/x", "/album/x"}) {
    move.from = move.root + name;
    auto journal = Journal::create(library.dir / "db/runs", library.store.library_id());
    journal.intend({{move}, {}, {}});
    journal.done(test::move_id(1), test::stamp(move.to), {});
    EXPECT_EQ(library.undo(journal.run()).skipped, 1u);
    EXPECT_TRUE(std::filesystem::is_empty(move.root));
  }
}

TEST_F(UndoTest, AFolderThatOthersChangedKeepsItsTime) {
  library.apply(groups);
  library.file("b/new.mp3", "added since");
  library.undo();
  auto now = test::tree(library.root);
  EXPECT_NE(now[library.path("b")], before[library.path("b")]);
  EXPECT_EQ(now[library.path("a")], before[library.path("a")]);
  EXPECT_EQ(now[library.root], before[library.root]);
}

TEST_F(UndoTest, FoldersMadeByTheRunAreKeptWhenTheUserUsesThem) {
  const auto run = library.apply(groups).run;
  test::write_file(library.set_aside(run, "a/mine.txt"), "notes");
  library.undo();
  EXPECT_EQ(test::read_file(library.set_aside(run, "a/mine.txt")), "notes");
  EXPECT_FALSE(test::exists(library.set_aside(run, "b")));
}

TEST_F(UndoTest, TwoRunsInEitherOrder) {
  for (const bool newest_first : {true, false}) {
    const auto first = library.apply({groups[0]}).run;
    const auto second = library.apply({groups[1]}).run;
    ASSERT_LT(first, second);
    library.undo(newest_first ? second : first);
    library.undo(newest_first ? first : second);
    EXPECT_EQ(test::tree(library.root), before) << newest_first;
  }
}

TEST_F(UndoTest, WithoutANameTheNewestRunThatIsLeft) {
  const auto first = library.apply({groups[0]}).run;
  const auto second = library.apply({groups[1]}).run;
  EXPECT_EQ(library.undo().run, second);
  EXPECT_EQ(library.undo().run, first);
}

TEST_F(UndoTest, ADamagedJournalIsNamedAndStopsNothingElse) {
  const auto first = library.apply({groups[0]}).run;
  const auto file = library.dir / ("db/runs/" + first + ".ndjson");
  std::string bytes = test::read_file(file);
  bytes[bytes.size() / 2] ^= 1;
  test::write_file(file, bytes);
  EXPECT_EQ(library.apply({groups[1]}).moved, 1u);
  const auto runs = history(library.store);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[1].run, first);
  ASSERT_TRUE(runs[1].problem);
  EXPECT_EQ(runs[1].problem->fault(), Fault::damaged);
  EXPECT_NE(test::message_of(runs[1].problem).find("checksum"), std::string::npos);
  try {
    library.undo(first);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::damaged);
  }
  EXPECT_EQ(library.undo().restored, 1u);
}

}  // namespace
}  // namespace echofold::recovery_undo_test
