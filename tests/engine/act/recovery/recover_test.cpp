// recover: half-done moves built by hand, and runs killed at their system calls; nothing is missing
// or doubled.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "engine/act/files/mover.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/undo.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/step_support.h"
#include "tests/support/kill.h"
#include "tests/support/temp_base.h"

namespace echofold::recovery_recover_test {
namespace {

using test::Library;
using test::OtherFileSystem;

struct HalfDoneTest : testing::Test {
  HalfDoneTest() {
    library.file("keep.flac", "keeper");
    library.file("drop.mp3", "loser");
    library.add_root();
    group = library.group(1, "keep.flac", {"drop.mp3"});
    journal.emplace(Journal::create(library.dir / "db/runs", library.store.library_id()));
    move.number = 1;
    move.track = group.drops[0].file.track.id;
    move.from = group.drops[0].file.track.path;
    move.to = library.set_aside(journal->run(), "drop.mp3");
    move.stamp = group.drops[0].file.track.stamp;
    move.root = library.root;
    journal->intend({{move}, {}, {}});
    std::filesystem::create_directories(std::filesystem::path(move.to).parent_path());
  }

  /// Recovers twice: the second time there is nothing left to do.
  MoveStep recovered() {
    EXPECT_EQ(recover(library.store), 1u);
    const auto contents = read_journal(journal->file());
    EXPECT_TRUE(contents.info.settled);
    const auto picture = test::tree(library.root);
    EXPECT_EQ(recover(library.store), 0u);
    EXPECT_EQ(test::tree(library.root), picture);
    EXPECT_EQ(test::read_file(journal->file()).size(), std::filesystem::file_size(journal->file()));
    return test::moves(contents).at(0);
  }

  TrackPlace place() const { return library.record(move.track).place; }
  std::string part() const {
    return (std::filesystem::path(move.to).parent_path() / part_name(journal->run(), 1)).native();
  }

  Library library;
  PlanGroup group;
  std::optional<Journal> journal;
  Move move;
};

TEST_F(HalfDoneTest, NotYetMoved) {
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(place(), TrackPlace::present);
  EXPECT_EQ(test::read_file(move.from), "loser");
}

TEST_F(HalfDoneTest, MovedButNotRecorded) {
  std::filesystem::rename(move.from, move.to);
  EXPECT_EQ(recovered().state, StepState::done);
  EXPECT_EQ(place(), TrackPlace::set_aside);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::read_file(move.from), "loser");
}

TEST_F(HalfDoneTest, LinkedButNotUnlinked) {
  std::filesystem::create_hard_link(move.from, move.to);
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(move.from), "loser");
  EXPECT_FALSE(test::exists(move.to));
}

TEST_F(HalfDoneTest, CopiedButNotUnlinked) {
  test::write_file(move.to, "loser");
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(move.from), "loser");
  EXPECT_FALSE(test::exists(move.to));
}

TEST_F(HalfDoneTest, AnotherFileAtTheOldPlaceKeepsBoth) {
  std::filesystem::rename(move.from, move.to);
  test::write_file(move.from, "something new");
  EXPECT_EQ(recovered().state, StepState::done);
  EXPECT_EQ(test::read_file(move.from), "something new");
  EXPECT_EQ(test::read_file(move.to), "loser");
}

TEST_F(HalfDoneTest, APlaceholderGoes) {
  test::write_file(move.to, "");
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(move.from), "loser");
  EXPECT_FALSE(test::exists(move.to));
}

TEST_F(HalfDoneTest, ATemporaryCopyGoes) {
  test::write_file(part(), "los");
  test::write_file(part() + "x", "not ours");
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_FALSE(test::exists(part()));
  EXPECT_TRUE(test::exists(part() + "x"));
}

TEST_F(HalfDoneTest, WhatCannotBeSeenStaysOpen) {
  std::filesystem::rename(library.root, library.dir / "unmounted");
  std::filesystem::create_directory(library.root);
  EXPECT_EQ(recover(library.store), 0u);
  EXPECT_EQ(read_journal(journal->file()).info.moves_open, 1u);
  std::filesystem::remove(library.root);
  std::filesystem::rename(library.dir / "unmounted", library.root);
  EXPECT_EQ(recovered().state, StepState::skipped);
}

TEST_F(HalfDoneTest, ATemporaryCopyStaysWhileTheFileCannotBeSeen) {
  test::write_file(part(), "los");
  std::filesystem::remove(move.from);
  EXPECT_EQ(recover(library.store), 0u);
  EXPECT_TRUE(test::exists(part()));
}

TEST_F(HalfDoneTest, DoneButTheStoreDoesNotKnow) {
  std::filesystem::rename(move.from, move.to);
  journal->done(test::move_id(1), test::stamp(move.to), {});
  EXPECT_EQ(place(), TrackPlace::present);
  EXPECT_EQ(recover(library.store), 0u) << "no move was open";
  EXPECT_EQ(place(), TrackPlace::set_aside);
}

TEST_F(HalfDoneTest, RestoringHalfDone) {
  std::filesystem::rename(move.from, move.to);
  journal->done(test::move_id(1), test::stamp(move.to), {});
  journal->restoring({test::move_id(1)}, {});
  std::filesystem::create_hard_link(move.to, move.from);
  EXPECT_EQ(recovered().state, StepState::undone);
  EXPECT_EQ(test::read_file(move.from), "loser");
  EXPECT_FALSE(test::exists(move.to));
  EXPECT_TRUE(read_journal(journal->file()).info.taken_back);
}

TEST_F(HalfDoneTest, AJournalThatNeverBegan) {
  test::write_file(library.dir / "db/runs/2020-01-01T00-00-00Z-0000.ndjson", "{\"schema\":\"echofol");
  test::write_file(library.dir / "db/runs/2020-01-01T00-00-01Z-0000.ndjson", "");
  EXPECT_EQ(recovered().state, StepState::skipped);
}

// --- Killed at a system call
// ---------------------------------------------------------------------------------

/// A tree, its store and its plan, made anew for each kill.
struct Victim {
  Library library;
  std::vector<PlanGroup> groups;
  ApplySettings settings;

  explicit Victim(const std::string& set_aside_dir) {
    for (const char* name : {"a/keep", "a/1", "b/2", "b/keep", "3"})
      library.file(name, std::string("bytes of ") + name);
    library.add_root();
    test::age(library.root);
    groups = {library.group(1, "a/keep", {"a/1", "b/2"}), library.group(2, "b/keep", {"3"})};
    settings.set_aside_dir = set_aside_dir;
  }

  /// A process may hold a library once, and never across a fork.
  void close() { Store gone(std::move(library.store)); }
  void reopen() { library.store = library.open(); }
};

/// Kills `job` at its `at`-th system call after the store was opened; as test::killed_at.
template <class Job>
long killed_at(Victim& victim, long at, Job job) {
  victim.close();
  return test::killed_at(
      at, [&] { victim.reopen(); }, [&] { job(victim); });
}

/// Every n-th system call (across file systems, where fsync costs, every 3n-th): all of them take a while.
/// ECHOFOLD_KILL_EVERY=1 runs them all, or nearly.
long stride() {
  const char* text = std::getenv("ECHOFOLD_KILL_EVERY");
  return text == nullptr ? 11 : std::max(1L, std::atol(text));
}

class KilledTest : public testing::TestWithParam<bool> {
  test::TempInMemory memory_;

 protected:
  /// Kills `job` at one call after the other; after each, recovers, takes back, and compares.
  template <class Prepare, class Job>
  void kill_everywhere(Prepare prepare, Job job) {
    const bool across = GetParam();
    long kills = 0;
    for (long at = 1;; at += across ? 3 * stride() : stride()) {
      const OtherFileSystem other(std::filesystem::temp_directory_path().native());
      if (across && !other) GTEST_SKIP() << "there is no other file system";
      Victim victim(across ? other.path() + "/dups" : "");
      const std::vector<std::string> places{victim.library.root, other.path()};
      const auto files = test::contents(places);
      const auto before = test::tree(victim.library.root, false);
      prepare(victim);
      const long calls = killed_at(victim, at, job);
      if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
      victim.reopen();
      recover(victim.library.store);
      ASSERT_EQ(test::contents(places), files) << "after a kill at call " << at;
      ASSERT_EQ(recover(victim.library.store), 0u);
      ASSERT_NO_FATAL_FAILURE(test::take_all_back(victim.library.store, "call " + std::to_string(at)));
      ASSERT_EQ(test::contents(places), files) << at;
      auto after = test::tree(victim.library.root, false);
      std::erase_if(after, [](const auto& entry) {
        return entry.first.find(".echofold-duplicates") != std::string::npos;
      });
      ASSERT_EQ(after, before) << at;
      for (const PlanGroup& group : victim.groups)
        for (const TrackRecord& drop : tracks_of(group.drops))
          ASSERT_EQ(victim.library.record(drop.id).place, TrackPlace::present) << at;
      if (calls < at) break;
      ++kills;
    }
    EXPECT_GT(kills, 5);
  }
};

TEST_P(KilledTest, WhileApplying) {
  kill_everywhere([](Victim&) {},
                  [](Victim& victim) { victim.library.apply(victim.groups, victim.settings); });
}

TEST_P(KilledTest, WhileTakingBack) {
  kill_everywhere([](Victim& victim) { victim.library.apply(victim.groups, victim.settings); },
                  [](Victim& victim) { victim.library.undo(); });
}

std::string name_of_kind(const testing::TestParamInfo<bool>& info) {
  return info.param ? "AcrossFileSystems" : "OnOneFileSystem";
}

INSTANTIATE_TEST_SUITE_P(AtSystemCalls, KilledTest, testing::Values(false, true), name_of_kind);

}  // namespace
}  // namespace echofold::recovery_recover_test
