// What the journals of a library say of the tracks that moved, over several runs.
#include "engine/act/journal/moved_tracks.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "engine/dedupe/kept.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/step_support.h"

namespace echofold::journal_moved_tracks_test {
namespace {

/// Two groups, a run for each.
struct MovedTracksTest : testing::Test, test::Library {
  MovedTracksTest() {
    for (const char* name : {"a/keep.flac", "a/drop.mp3", "b/keep.flac", "b/drop.mp3"})
      file(name, std::string("bytes of ") + name);
    add_root();
    first = group(1, "a/keep.flac", {"a/drop.mp3"});
    second = group(1, "b/keep.flac", {"b/drop.mp3"});
  }

  /// Of the losers, those that are marked as brought back.
  std::set<TrackId> kept() const {
    std::set<TrackId> tracks;
    const Snapshot snapshot = store.snapshot();
    for (const PlanGroup* group : {&first, &second}) {
      const TrackId loser = group->drops[0].file.track.id;
      if (is_kept(snapshot, loser)) tracks.insert(loser);
    }
    return tracks;
  }

  PlanGroup first, second;
};

TEST_F(MovedTracksTest, SinceARunAreItsTracksAndThoseOfAllRunsAfterIt) {
  const std::string earlier = apply({first}).run;
  const std::string later = apply({second}).run;
  const MovedTracks all = tracks_moved_since(store, earlier);
  EXPECT_EQ(all.losers,
            (std::unordered_set<TrackId>{first.drops[0].file.track.id, second.drops[0].file.track.id}));
  EXPECT_EQ(all.keepers, (std::unordered_set<std::string>{first.keep.track.path, second.keep.track.path}));
  EXPECT_EQ(tracks_moved_since(store, later).losers,
            std::unordered_set<TrackId>{second.drops[0].file.track.id});
}

TEST_F(MovedTracksTest, AnUnknownRunIsNamed) {
  apply({first});
  try {
    tracks_moved_since(store, "2020-01-01T00-00-00Z-0000");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    EXPECT_NE(std::string(e.what()).find("2020-01-01T00-00-00Z-0000"), std::string::npos) << e.what();
  }
}

TEST_F(MovedTracksTest, SkippedMovesAreNone) {
  test::write_file(path("a/drop.mp3"), "changed since the plan was made");
  const std::string run = apply({first, second}).run;
  EXPECT_EQ(tracks_moved_since(store, run).losers,
            std::unordered_set<TrackId>{second.drops[0].file.track.id});
}

TEST_F(MovedTracksTest, AKeeperAtItsLosersPlaceIsKnownByBothNames) {
  ApplySettings settings;
  settings.keep_path = true;
  const MovedTracks moved = tracks_moved_since(store, apply({first}, settings).run);
  EXPECT_EQ(moved.losers, std::unordered_set<TrackId>{first.drops[0].file.track.id});
  EXPECT_EQ(moved.keepers, (std::unordered_set<std::string>{first.keep.track.path, path("a/drop.flac")}));
}

TEST_F(MovedTracksTest, WhatUndoBroughtBackIsKeptUntilItIsMovedAgain) {
  apply({first, second});
  EXPECT_EQ(kept(), std::set<TrackId>{});
  undo();
  EXPECT_EQ(kept(), (std::set<TrackId>{first.drops[0].file.track.id, second.drops[0].file.track.id}));
  apply({first});
  EXPECT_EQ(kept(), std::set<TrackId>{second.drops[0].file.track.id}) << "moved again since";
}

TEST_F(MovedTracksTest, WhatTheRunItselfBroughtBackIsNotKept) {
  recover(store);  // as every run does first
  Journal journal = Journal::create(runs_dir(store), store.library_id());
  const Move move{1,
                  first.drops[0].file.track.id,
                  MovePurpose::set_aside,
                  first.drops[0].file.track.path,
                  "/nowhere/" + journal.run() + "/x",
                  first.drops[0].file.track.stamp,
                  0,
                  0,
                  0,
                  first.keep.track.path,
                  root};
  journal.intend({{move}, {}, {}});
  journal.done(test::move_id(1), first.drops[0].file.track.stamp, {});
  journal.restoring({test::move_id(1)}, {});
  journal.undone(test::move_id(1), {});
  recover(store);
  EXPECT_EQ(kept(), std::set<TrackId>{});
}

TEST_F(MovedTracksTest, AnUndoThatWasKilledKeepsWhatItBroughtBack) {
  const std::string run = apply({first}).run;
  const JournalContents contents = read_journal(journal_files(runs_dir(store)).front());
  Journal journal = Journal::reopen(journal_files(runs_dir(store)).front());
  journal.undo_begins();
  journal.restoring({test::move_id(1)}, {});
  std::filesystem::rename(test::moves(contents)[0].move.to, test::moves(contents)[0].move.from);
  recover(store);
  EXPECT_EQ(kept(), std::set<TrackId>{first.drops[0].file.track.id});
}

TEST_F(MovedTracksTest, LibrariesFromBeforeTheMarksGetThemOnce) {
  apply({first, second});
  undo();
  apply({second});
  store.write([&](Writer& writer) {
    unmark_kept(writer, first.drops[0].file.track.id);
    writer.remove_meta("kept");
  });
  recover(store);
  EXPECT_EQ(kept(), std::set<TrackId>{first.drops[0].file.track.id});
  store.write([&](Writer& writer) { unmark_kept(writer, first.drops[0].file.track.id); });
  recover(store);
  EXPECT_EQ(kept(), std::set<TrackId>{}) << "once";
}

TEST_F(MovedTracksTest, ADamagedJournalStopsTheListOfWhatWasMoved) {
  apply({first});
  const std::string damaged = journal_files(runs_dir(store)).back().native();
  const std::string bytes = test::read_file(damaged);
  test::write_file(damaged, "x" + bytes);
  EXPECT_THROW(tracks_moved_since(store, history(store).front().run), Error);
  test::write_file(damaged, bytes);
}

}  // namespace
}  // namespace echofold::journal_moved_tracks_test
