// purge is the one verb that deletes. Here it is killed at its system calls, and each of them fails. What stays is
// whole and known, only what it named is deleted, no keeper is touched, and the next purge continues.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "tests/engine/act/step_support.h"
#include "tests/fault/fault_share.h"
#include "tests/fault/many_groups.h"
#include "tests/fault/traced_test.h"

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/recover.h"

namespace echofold::fault_faulty_purge_test {
namespace {

using test::Call;

constexpr int group_count = 10;
const std::vector<std::string> calls_of_purge{"openat",    "write",   "pwrite64",  "ftruncate", "unlinkat",
                                              "rmdir",     "fsync",   "renameat2", "fdatasync", "fstat",
                                              "utimensat", "mkdirat", "newfstatat"};

/// A library whose losers are set aside.
struct SetAside : test::ManyGroups {
  SetAside() : ManyGroups(group_count) {
    Store store = open();
    run = apply(store, {store.library_id(), groups()}, settings()).run;
  }

  std::vector<std::string> command() const {
    return {ECHOFOLD_PROGRAM, "--db", db(), "--threads", "1", "-q", "purge", "--older-than", "0d", "--yes"};
  }

  void expect_keepers(const std::string& when) const {
    for (const PlanGroup& group : groups())
      ASSERT_EQ(test::read_file(group.keep.track.path), "keeper " + std::to_string(group.number - 1)) << when;
  }

  /// Every loser is either set aside and whole, or gone; journal and store agree.
  /// @return how many are left
  std::size_t expect_left_or_gone(const Store& store, const std::string& when) const {
    std::size_t left = 0;
    const Snapshot snapshot = store.snapshot();
    for (const MoveStep& entry : test::moves(read_journal(journal_files(runs_dir(store)).front()))) {
      const bool there = test::exists(entry.move.to);
      EXPECT_EQ(entry.state, there ? StepState::done : StepState::purged) << when << ": " << entry.move.to;
      EXPECT_EQ(snapshot.track(entry.move.track)->place, there ? TrackPlace::set_aside : TrackPlace::missing)
          << when << ": " << entry.move.to;
      if (!there) continue;
      ++left;
      EXPECT_EQ(test::read_file(entry.move.to), "bytes of " + entry.move.from) << when;
    }
    return left;
  }

  /// Recovers what a fault left open.
  /// @return as expect_left_or_gone()
  std::size_t recovered(const std::string& when) const {
    Store store = open();
    recover(store);
    return expect_left_or_gone(store, when);
  }

  /// Undoes the rest in half of the cases, and purges it in the others.
  void finish(std::size_t left, bool taken_back, const std::string& when) const {
    if (taken_back && left > 0) {
      Store store = open();
      EXPECT_EQ(undo(store, run).restored, left) << when;
      for (const PlanGroup& group : groups())
        for (const TrackRecord& drop : tracks_of(group.drops)) left -= test::exists(drop.path) ? 1 : 0;
      EXPECT_EQ(left, 0u) << when;
    } else {
      EXPECT_EQ(test::run_plain(command(), log()).code, 0) << when;
      EXPECT_EQ(expect_left_or_gone(open(), when + ", purged again"), 0u) << when;
    }
    expect_keepers(when + ", finished");
  }

  std::string run;
};

class FaultyPurgeTest : public test::TracedTest {
 protected:
  static std::vector<Call> calls() {
    const SetAside library;
    return test::share(test::calls_of(library.command(), calls_of_purge, library.db(), library.log()), 16);
  }
};

TEST_F(FaultyPurgeTest, KilledAtAnyCall) {
  std::size_t kills = 0, partly = 0;
  const auto all = calls();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const SetAside library;
    const std::string when = "killed at " + all[i].name + " number " + std::to_string(all[i].nth);
    const auto ended = test::run_killed(library.command(), all[i], library.log());
    ASSERT_TRUE(ended.signal == SIGKILL || ended.code == 0) << when << ": " << ended.error_output;
    kills += ended.signal == SIGKILL ? 1 : 0;
    ASSERT_NO_FATAL_FAILURE(library.expect_keepers(when));
    const std::size_t left = library.recovered(when);
    partly += left > 0 && left < group_count ? 1 : 0;
    ASSERT_NO_FATAL_FAILURE(library.finish(left, i % 2 == 0, when));
    ASSERT_FALSE(HasFailure()) << when;
  }
  EXPECT_GE(kills * 100, all.size() * 90);
  std::printf("%zu kills, %zu in the middle of deleting\n", kills, partly);
}

TEST_F(FaultyPurgeTest, EachCallFails) {
  constexpr std::array errors{EIO, EACCES, ENOSPC, EINTR, EROFS};
  std::size_t reported = 0;
  const auto all = calls();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const SetAside library;
    const int error = errors[i % errors.size()];
    const std::string when = test::fault_text(all[i], error);
    const auto ended = test::run_with_error(library.command(), all[i], error, library.log());
    ASSERT_EQ(ended.signal, 0) << when << ": " << ended.error_output;
    ASSERT_NO_FATAL_FAILURE(library.expect_keepers(when));
    if (ended.code != 0) {
      ++reported;
      ASSERT_FALSE(ended.error_output.empty()) << when;
    }
    const std::size_t left = library.recovered(when);
    ASSERT_NO_FATAL_FAILURE(library.finish(left, i % 2 == 0, when));
    ASSERT_FALSE(HasFailure()) << when;
  }
  std::printf("%zu failing calls, %zu reported\n", all.size(), reported);
}

}  // namespace
}  // namespace echofold::fault_faulty_purge_test
