// purge: deletes what old runs set aside, nothing else, and leaves nothing in doubt.
#include "engine/act/purge.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>

#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/rewrite_support.h"
#include "tests/engine/act/step_support.h"

namespace echofold::act_purge_test {
namespace {

using test::Library;
namespace fs = std::filesystem;

struct PurgeTest : testing::Test, Library {
  PurgeTest() {
    for (const char* name : {"a/keep.flac", "a/1.mp3", "a/deep/2.mp3", "b/keep.flac", "b/3.mp3"})
      file(name, std::string("bytes of ") + name);
    add_root();
    first = group(1, "a/keep.flac", {"a/1.mp3", "a/deep/2.mp3"});
    second = group(1, "b/keep.flac", {"b/3.mp3"});
    first_run = apply({first}).run;
    second_run = apply({second}).run;
  }

  PurgeSummary purge_all(std::int64_t before_s = std::time(nullptr) + 10) {
    why_not.clear();
    return purge(store, before_s, [&](const std::string&, const PurgeFile& file) {
      if (file.why_not) why_not.push_back(file.why_not->what());
    });
  }
  RunInfo info(const std::string& run) {
    for (const RunInfo& one : history(store, true))
      if (one.run == run) return one;
    return {};
  }
  std::string aside() const { return path(".echofold-duplicates"); }

  PlanGroup first, second;
  std::string first_run, second_run;
  std::vector<std::string> why_not;
};

TEST_F(PurgeTest, DeletesWhatRunsSetAsideAndNothingElse) {
  const auto kept = test::contents({path("a"), path("b")});
  const PurgeSummary summary = purge_all();
  EXPECT_EQ(summary.deleted, 3u);
  EXPECT_EQ(summary.stayed + summary.failed, 0u);
  EXPECT_EQ(summary.bytes, std::string("bytes of a/1.mp3bytes of a/deep/2.mp3bytes of b/3.mp3").size());
  EXPECT_FALSE(test::exists(aside())) << "folders and guard files are gone, too";
  EXPECT_EQ(test::contents({path("a"), path("b")}), kept);
  EXPECT_EQ(record(first.drops[0].file.track.id).place, TrackPlace::missing);
  EXPECT_EQ(record(first.drops[0].file.track.id).set_aside_path, "");
  EXPECT_EQ(record(first.keep.track.id), first.keep.track);

  EXPECT_EQ(info(first_run).moves_purged, 2u);
  EXPECT_TRUE(info(first_run).is_purged());
  EXPECT_EQ(info(first_run).undo_reach(), UndoReach::none);
  EXPECT_GT(info(first_run).purged_at_s, 0);
  EXPECT_EQ(info(first_run).bytes, 0u);
  EXPECT_EQ(purge_all().deleted, 0u) << "a second one has nothing to do";
}

TEST_F(PurgeTest, UndoSaysWhatWasPurged) {
  purge_all();
  try {
    undo(first_run);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    EXPECT_NE(std::string(e.what()).find("was purged: 2 files"), std::string::npos) << e.what();
  }
  EXPECT_THROW(undo(), Error) << "no run is left";
}

TEST_F(PurgeTest, YoungRunsStay) {
  EXPECT_EQ(purge_all(std::time(nullptr) - 3600).deleted, 0u);
  EXPECT_TRUE(purgeable(store, std::time(nullptr) - 3600).empty());
  EXPECT_TRUE(test::exists(set_aside(first_run, "a/1.mp3")));
}

TEST_F(PurgeTest, ListsBeforeItDeletes) {
  const auto runs = purgeable(store, std::time(nullptr) + 10);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].run, first_run);
  ASSERT_EQ(runs[0].files.size(), 2u);
  EXPECT_EQ(runs[0].files[0].path, set_aside(first_run, "a/1.mp3"));
  EXPECT_EQ(runs[0].files[0].bytes, std::string("bytes of a/1.mp3").size());
  EXPECT_TRUE(test::exists(set_aside(first_run, "a/1.mp3")));
}

TEST_F(PurgeTest, AChangedFileStays) {
  test::write_file(set_aside(first_run, "a/1.mp3"), "the user keeps this here");
  EXPECT_EQ(purge_all().deleted, 2u);
  ASSERT_EQ(why_not.size(), 1u);
  EXPECT_NE(why_not[0].find("a/1.mp3: it was changed"), std::string::npos) << why_not[0];
  EXPECT_EQ(test::read_file(set_aside(first_run, "a/1.mp3")), "the user keeps this here");
  EXPECT_FALSE(test::exists(set_aside(first_run, "a/deep"))) << "empty folders go all the same";

  // The rest of the run comes back; what is gone is not promised.
  EXPECT_EQ(info(first_run).undo_reach(), UndoReach::partly);
  EXPECT_EQ(undo(first_run).restored, 1u);
  EXPECT_EQ(test::read_file(path("a/1.mp3")), "the user keeps this here");
}

TEST_F(PurgeTest, FilesThatNoRunSetAsideStay) {
  test::write_file(aside() + "/" + first_run + "/a/mine.mp3", "put there by the user");
  test::write_file(aside() + "/note.txt", "so was this");
  EXPECT_EQ(purge_all().deleted, 3u);
  EXPECT_TRUE(test::exists(aside() + "/" + first_run + "/a/mine.mp3"));
  EXPECT_TRUE(test::exists(aside() + "/note.txt"));
}

TEST_F(PurgeTest, WhatCameBackStays) {
  undo(first_run);
  EXPECT_EQ(purge_all().deleted, 1u);
  EXPECT_TRUE(test::exists(path("a/1.mp3")));
}

TEST_F(PurgeTest, TheLastCopyStays) {
  fs::remove(path("a/keep.flac"));
  EXPECT_EQ(purge_all().deleted, 1u);
  ASSERT_EQ(why_not.size(), 2u);
  EXPECT_NE(why_not[0].find("no other copy"), std::string::npos) << why_not[0];
  EXPECT_EQ(undo(first_run).restored, 2u);
}

TEST_F(PurgeTest, AKeeperOfAnotherContentIsNoCopy) {
  test::write_file(path("a/keep.flac"), "something else by now");
  EXPECT_EQ(purge_all().deleted, 1u);
}

TEST_F(PurgeTest, ARenamedKeeperIsFoundByItsPair) {
  fs::rename(path("a/keep.flac"), path("a/renamed.flac"));
  TrackRecord keep = record(first.keep.track.id);
  keep.path = path("a/renamed.flac");
  store.write([&](Writer& writer) {
    writer.update_track(keep);
    for (const TrackRecord& drop : tracks_of(first.drops))
      writer.put_pair(std::min(keep.id, drop.id), std::max(keep.id, drop.id), test::evidence_of_copies());
  });
  EXPECT_EQ(purge_all().deleted, 3u);
}

TEST_F(PurgeTest, ALinkInThePathLeadsNowhere) {
  const std::string folder = aside() + "/" + first_run + "/a";
  fs::rename(folder, path("elsewhere"));
  fs::create_directory_symlink(path("elsewhere"), folder);
  EXPECT_EQ(purge_all().deleted, 1u);
  ASSERT_EQ(why_not.size(), 2u);
  EXPECT_NE(why_not[0].find("symbolic link"), std::string::npos) << why_not[0];
  EXPECT_TRUE(test::exists(path("elsewhere/1.mp3")));
}

TEST_F(PurgeTest, ALinkInThePlaceOfAFileStays) {
  fs::rename(set_aside(first_run, "a/1.mp3"), path("moved.mp3"));
  fs::create_symlink(path("a/keep.flac"), set_aside(first_run, "a/1.mp3"));
  EXPECT_EQ(purge_all().deleted, 2u);
  EXPECT_TRUE(test::exists(path("a/keep.flac")));
  EXPECT_TRUE(test::exists(set_aside(first_run, "a/1.mp3")));
}

TEST_F(PurgeTest, JournalsOfAnotherLibraryAreNotObeyed) {
  Library other;
  fs::copy(store.dir() / "runs", other.store.dir() / "runs", fs::copy_options::recursive);
  EXPECT_TRUE(purgeable(other.store, std::time(nullptr) + 10).empty());
  EXPECT_EQ(purge(other.store, std::time(nullptr) + 10).deleted, 0u);
  EXPECT_TRUE(test::exists(set_aside(first_run, "a/1.mp3")));
}

TEST_F(PurgeTest, APlaceOutsideAFolderOfItsRunIsNotTouched) {
  // A journal that is whole and lies: the file is where no run puts any.
  Journal journal = Journal::create(runs_dir(store), store.library_id());
  const TrackRecord& keep = second.keep.track;
  journal.intend({{{1, first.keep.track.id, MovePurpose::set_aside, path("x"), path("a/keep.flac"),
                    first.keep.track.stamp, 0, 0, 0, keep.path, root}},
                  {},
                  {}});
  journal.done(test::move_id(1), test::stamp(path("a/keep.flac")), {});
  journal.settled();
  purge_all();
  EXPECT_TRUE(test::exists(path("a/keep.flac")));
}

TEST_F(PurgeTest, ListsThatNamedWhatIsPurgedStayAsTheyAre) {
  file("a/keep2.flac", "another keeper");
  file("a/4.mp3", "goes for good");
  file("a/5.mp3", "is changed and stays");
  const std::map<std::string, RewriteKind> lists = {{path("list.m3u"), RewriteKind::playlist},
                                                    {path("album.cue"), RewriteKind::cue_sheet}};
  for (const auto& [list, kind] : lists) test::write_file(list, "names 4.mp3");
  const auto third = group(1, "a/keep2.flac", {"a/4.mp3", "a/5.mp3"});
  ApplySettings settings;
  settings.after_moves = [&](Rewriter& rewriter, const std::vector<GoneFile>&) {
    for (const auto& [list, kind] : lists)
      EXPECT_TRUE(
          rewriter.rewrite({list, test::stamp(list), 0, kind, false}, test::with_head("new ")).done());
  };
  const std::string run = apply({third}, settings).run;
  test::write_file(set_aside(run, "a/5.mp3"), "other bytes");
  purge_all();
  EXPECT_FALSE(test::exists(set_aside(run, "a/4.mp3")));
  EXPECT_EQ(undo(run).restored, 1U);
  EXPECT_EQ(test::read_file(path("a/5.mp3")), "other bytes");
  for (const auto& [list, kind] : lists) EXPECT_EQ(test::read_file(list), "new names 4.mp3") << list;
}

TEST_F(PurgeTest, WhatAKillLeftIsSettled) {
  const auto file = journal_files(runs_dir(store)).front();
  {
    Journal journal = Journal::reopen(file);
    journal.purging({1, 2});
  }
  fs::remove(set_aside(first_run, "a/1.mp3"));
  EXPECT_EQ(recover(store), 2u);
  EXPECT_EQ(info(first_run).moves_purged, 1u);
  EXPECT_EQ(info(first_run).moves_done, 1u);
  EXPECT_EQ(record(first.drops[0].file.track.id).place, TrackPlace::missing);
  EXPECT_EQ(record(first.drops[1].file.track.id).place, TrackPlace::set_aside);
  EXPECT_EQ(recover(store), 0u);
  EXPECT_EQ(purge_all().deleted, 2u) << "the next one goes on";
  EXPECT_FALSE(test::exists(aside()));
}

TEST_F(PurgeTest, ADriveThatIsAwayLeavesAKilledPurgeOpen) {
  {
    Journal journal = Journal::reopen(journal_files(runs_dir(store)).front());
    journal.purging({1, 2});
  }
  fs::rename(aside(), path("away"));
  EXPECT_EQ(recover(store), 0u);
  EXPECT_EQ(info(first_run).moves_open, 2u);
  fs::rename(path("away"), aside());
  EXPECT_EQ(recover(store), 2u);
  EXPECT_EQ(info(first_run).moves_done, 2u);
}

TEST_F(PurgeTest, AFolderOfTheUsersChoice) {
  undo(first_run);
  ApplySettings settings;
  settings.set_aside_dir = (dir / "dups").native();
  test::write_file((dir / "dups/mine").native(), "the user's");
  const std::string run = apply({group(1, "a/keep.flac", {"a/1.mp3"})}, settings).run;
  EXPECT_EQ(info(run).places, std::vector<std::string>{(dir / "dups").native() + "/" + run});
  EXPECT_EQ(purge_all().deleted, 2u);
  EXPECT_TRUE(test::exists((dir / "dups/mine").native()));
  EXPECT_FALSE(test::exists((dir / "dups" / run).native()));
}

TEST_F(PurgeTest, AFileWithAnotherNameFreesNothing) {
  fs::create_hard_link(set_aside(first_run, "a/1.mp3"), path("linked.mp3"));
  const PurgeSummary summary = purge_all();
  EXPECT_EQ(summary.deleted, 3u);
  EXPECT_EQ(summary.bytes, std::string("bytes of a/deep/2.mp3bytes of b/3.mp3").size());
  EXPECT_EQ(test::read_file(path("linked.mp3")), "bytes of a/1.mp3");
}

TEST_F(PurgeTest, HistoryKnowsPlaceBytesAndWhatIsGone) {
  EXPECT_EQ(info(first_run).bytes, std::string("bytes of a/1.mp3bytes of a/deep/2.mp3").size());
  EXPECT_EQ(info(first_run).places, std::vector<std::string>{aside() + "/" + first_run});
  EXPECT_EQ(info(first_run).undo_reach(), UndoReach::all);
  fs::remove(set_aside(first_run, "a/1.mp3"));
  EXPECT_EQ(info(first_run).moves_gone, 1u);
  EXPECT_EQ(info(first_run).undo_reach(), UndoReach::partly);
  fs::remove(set_aside(first_run, "a/deep/2.mp3"));
  EXPECT_EQ(info(first_run).undo_reach(), UndoReach::none);
}

/// How many files there are at their place in the set-aside folder, and whether each agrees with the journal.
std::uint64_t left_of(const std::filesystem::path& journal) {
  std::uint64_t left = 0;
  for (const MoveStep& entry : test::moves(read_journal(journal))) {
    const bool there = test::exists(entry.move.to);
    EXPECT_EQ(entry.state, there ? StepState::done : StepState::purged) << entry.move.to;
    left += there ? 1 : 0;
  }
  return left;
}

// A child purges and is killed after a while, again and again: what is on disk and what the journal says agree after
// each, and in the end all is gone but the keeper.
TEST(PurgeKilled, AtAnyMoment) {
  constexpr std::size_t files = 120;
  Library library;
  library.file("keep.flac", "the keeper");
  library.add_root();
  PlanGroup group = test::certain_group(1, library.scanned("keep.flac"));
  for (std::size_t i = 0; i < files; ++i) {
    const std::string name = std::to_string(i % 7) + "/" + std::to_string(i) + ".mp3";
    library.file(name, "copy " + std::to_string(i));
    group.drops.push_back(test::certain_loser(library.scanned(name)));
  }
  ASSERT_EQ(library.apply({group}).moved, files);
  const auto journal = journal_files(runs_dir(library.store)).front();
  const fs::path db = library.store.dir();
  std::uint64_t left = files, kills = 0;
  // In small steps up to half a second; a child that needs more (a sanitizer, a busy machine) soon gets it.
  for (useconds_t wait = 4'000; left > 0 && kills < 52; ++kills, wait += wait / (kills < 40 ? 8 : 2)) {
    { const Store closed = std::move(library.store); }
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      try {
        Store store = Store::open(db);
        purge(store, std::time(nullptr) + 10);
      } catch (...) {
        _exit(1);
      }
      _exit(0);
    }
    usleep(wait);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    library.store = Store::open(db);
    recover(library.store);
    const std::uint64_t now = left_of(journal);
    ASSERT_LE(now, left);
    left = now;
  }
  EXPECT_EQ(left, 0u);
  purge(library.store, std::time(nullptr) + 10);
  EXPECT_EQ(test::read_file(library.path("keep.flac")), "the keeper");
  EXPECT_EQ(library.record(group.drops[0].file.track.id).place, TrackPlace::missing);
}

}  // namespace
}  // namespace echofold::act_purge_test
