// Rewrites that are killed at their system calls, meet a full disk or another program, and half-done ones
// built by hand: the file has its old bytes or its new ones, and the way back is always there.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>

#include "engine/act/files/swap.h"
#include "engine/act/journal/delta.h"
#include "engine/act/journal/delta_store.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/recover.h"
#include "index/base/error.h"
#include "tests/engine/act/rewrite_support.h"
#include "tests/engine/act/step_support.h"
#include "tests/support/at_call.h"
#include "tests/support/kill.h"
#include "tests/support/message_of.h"
#include "tests/support/mounts.h"
#include "tests/support/temp_base.h"

namespace echofold::act_rewrite_faults_test {
namespace {

using test::Library;

const std::string old_bytes = test::noise(7, 20'000);
const std::string new_bytes = "HEAD" + old_bytes;

/// A run that was cut off: announced, prepared, and its three names as the test puts them.
struct HalfRewrittenTest : testing::Test {
  HalfRewrittenTest() {
    library.file("a/song.mp3", old_bytes);
    library.add_root();
    test::age(library.root);
    track = library.scanned("a/song.mp3");
    before = test::tree(library.root, false);
    entry.rewrite = {1, track.id, track.path, track.stamp, 0644, geteuid(), getegid(), RewriteKind::tags, ""};
    journal.prepare_rewrite(entry.rewrite, {});
  }

  std::string part() const { return library.path("a/" + new_version_name(journal.run(), 1)); }
  std::string old() const { return library.path("a/" + old_version_name(journal.run(), 1)); }

  void prepare() {
    test::write_file(part(), new_bytes);
    const Fd file(open(track.path.c_str(), O_RDONLY));
    const Fd made(open(part().c_str(), O_RDONLY));
    const Fd delta = make_delta(journal.file(), "1");
    write_delta(made.get(), file.get(), delta.get(), "x");
    Prepared prepared;
    prepared.made = test::stamp(part());
    prepared.before = bytes_hash(file.get(), "x");
    prepared.after = bytes_hash(made.get(), "x");
    prepared.delta = "1";
    prepared.tags_before = track.tags;
    prepared.tags_after = track.tags;
    prepared.tags_after->artist = "new";
    entry.prepared = prepared;
    journal.intend_rewrite(1, prepared);
  }

  /// @return what the rewrite came to; a second recovery has nothing to do
  RewriteStep recovered() {
    EXPECT_EQ(recover(library.store), 1u);
    const auto contents = read_journal(journal.file());
    EXPECT_TRUE(contents.info.settled);
    EXPECT_EQ(recover(library.store), 0u);
    EXPECT_FALSE(test::exists(part()));
    EXPECT_FALSE(test::exists(old()));
    return test::rewrites(contents).at(0);
  }

  void expect_as_before() {
    EXPECT_EQ(recovered().state, StepState::skipped);
    EXPECT_EQ(test::tree(library.root, false), before);
    EXPECT_EQ(library.record(track.id).stamp, test::stamp(track.path));
    EXPECT_FALSE(test::exists(undo_folder(journal.file()).native()));
  }

  void expect_rewritten() {
    EXPECT_EQ(recovered().state, StepState::done);
    EXPECT_EQ(test::read_file(track.path), new_bytes);
    EXPECT_EQ(library.record(track.id).stamp, test::stamp(track.path));
    EXPECT_EQ(library.record(track.id).tags.artist, "new");
    EXPECT_EQ(library.undo().restored, 1u);
    EXPECT_EQ(test::tree(library.root, false), before);
    EXPECT_EQ(library.record(track.id).tags, track.tags);
  }

  Library library;
  Journal journal = Journal::create(library.dir / "db/runs", library.store.library_id(), "tag");
  TrackRecord track;
  RewriteStep entry;
  std::map<std::string, std::string> before;
};

TEST_F(HalfRewrittenTest, NothingMade) { expect_as_before(); }

TEST_F(HalfRewrittenTest, HalfAPart) {
  test::write_file(part(), "HEA");
  expect_as_before();
}

TEST_F(HalfRewrittenTest, PreparedAndNotSwapped) {
  prepare();
  expect_as_before();
}

TEST_F(HalfRewrittenTest, ExchangedAndTheOldVersionStillThere) {
  prepare();
  std::filesystem::rename(track.path, old());
  std::filesystem::rename(part(), track.path);
  std::filesystem::rename(old(), part());
  expect_rewritten();
}

TEST_F(HalfRewrittenTest, SwappedAndNotRecorded) {
  prepare();
  std::filesystem::rename(part(), track.path);
  expect_rewritten();
}

TEST_F(HalfRewrittenTest, LinkedAndNotSwapped) {
  prepare();
  std::filesystem::create_hard_link(track.path, old());
  expect_as_before();
}

TEST_F(HalfRewrittenTest, LinkedAndSwapped) {
  prepare();
  std::filesystem::rename(track.path, old());
  std::filesystem::rename(part(), track.path);
  expect_rewritten();
}

TEST_F(HalfRewrittenTest, TheOldVersionOutOfTheWayAndNoneInItsPlace) {
  prepare();
  std::filesystem::rename(track.path, old());
  expect_as_before();
}

TEST_F(HalfRewrittenTest, WrittenToInTheMomentOfTheExchange) {
  prepare();
  std::filesystem::rename(track.path, old());
  std::filesystem::rename(part(), track.path);
  std::filesystem::rename(old(), part());
  test::write_file(part(), "another program's");
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(track.path), "another program's");
}

TEST_F(HalfRewrittenTest, WrittenToInTheMomentOfTheRename) {
  prepare();
  std::filesystem::rename(track.path, old());
  std::filesystem::rename(part(), track.path);
  test::write_file(old(), "another program's");
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(track.path), "another program's");
}

TEST_F(HalfRewrittenTest, AnotherFilePutThereBeforeTheSwap) {
  prepare();
  std::filesystem::remove(track.path);
  test::write_file(track.path, "put there by the user");
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(track.path), "put there by the user");
}

TEST_F(HalfRewrittenTest, TakenAwayBeforeItWasSwapped) {
  prepare();
  std::filesystem::remove(track.path);
  EXPECT_EQ(recover(library.store), 0u) << "it may come back with its drive";
  EXPECT_EQ(test::read_file(part()), new_bytes) << "and this is all there is of it";
  test::write_file(track.path, old_bytes);
  EXPECT_EQ(recovered().state, StepState::skipped);
}

TEST_F(HalfRewrittenTest, TakenAwayWithBothVersions) {
  prepare();
  std::filesystem::remove(track.path);
  std::filesystem::remove(part());
  EXPECT_EQ(recover(library.store), 0u);
  EXPECT_EQ(read_journal(journal.file()).info.rewrites_open, 1u);
}

TEST_F(HalfRewrittenTest, TakenAwayWhileHalfAPartWasMade) {
  std::filesystem::remove(track.path);
  test::write_file(part(), "HEA");
  EXPECT_EQ(recover(library.store), 0u) << "it may come back with its drive";
  EXPECT_TRUE(test::exists(part()));
}

TEST_F(HalfRewrittenTest, BroughtBackByABackupTheFileIsKnownByItsBytes) {
  prepare();
  std::filesystem::remove(track.path);
  test::write_file(track.path, old_bytes);
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_EQ(test::read_file(track.path), old_bytes);
}

TEST_F(HalfRewrittenTest, CopiedWithItsNewBytesTheFileIsKnownByThem) {
  prepare();
  std::filesystem::remove(track.path);
  std::filesystem::remove(part());
  test::write_file(track.path, new_bytes);
  EXPECT_EQ(recovered().state, StepState::done);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::read_file(track.path), old_bytes);
}

TEST_F(HalfRewrittenTest, ALinkInItsPlaceIsLeftAlone) {
  prepare();
  std::filesystem::rename(track.path, library.path("a/elsewhere"));
  std::filesystem::create_symlink("elsewhere", track.path);
  EXPECT_EQ(recovered().state, StepState::skipped);
  EXPECT_TRUE(std::filesystem::is_symlink(track.path));
  EXPECT_EQ(test::read_file(library.path("a/elsewhere")), old_bytes);
}

TEST_F(HalfRewrittenTest, AFolderBehindALinkCannotBeSeen) {
  prepare();
  std::filesystem::rename(library.path("a"), library.path("b"));
  std::filesystem::create_directory_symlink("b", library.path("a"));
  EXPECT_EQ(recover(library.store), 0u);
  std::filesystem::remove(library.path("a"));
  std::filesystem::rename(library.path("b"), library.path("a"));
  expect_as_before();
}

TEST_F(HalfRewrittenTest, AnotherFileInItsPlaceSinceStaysAndIsNotTakenForIt) {
  prepare();
  std::filesystem::rename(part(), track.path);
  test::write_file(track.path, "put there by the user");
  EXPECT_EQ(recovered().state, StepState::done);
  EXPECT_EQ(test::read_file(track.path), "put there by the user");
  EXPECT_NE(library.record(track.id).stamp, test::stamp(track.path)) << "the next scan has to read it";
  EXPECT_EQ(library.undo().skipped, 1u);
  EXPECT_EQ(test::read_file(track.path), "put there by the user");
}

TEST_F(HalfRewrittenTest, ADriveThatIsAway) {
  prepare();
  std::filesystem::rename(library.root, library.dir / "unmounted");
  EXPECT_EQ(recover(library.store), 0u);
  EXPECT_EQ(read_journal(journal.file()).info.rewrites_open, 1u);
  std::filesystem::create_directory(library.root);
  EXPECT_EQ(recover(library.store), 0u);
  std::filesystem::remove(library.root);
  std::filesystem::rename(library.dir / "unmounted", library.root);
  expect_as_before();
}

TEST_F(HalfRewrittenTest, TakenBackHalfWay) {
  prepare();
  std::filesystem::rename(part(), track.path);
  journal.done(test::rewrite_id(1), test::stamp(track.path), {});
  journal.restoring({test::rewrite_id(1)}, {});
  test::write_file(part(), old_bytes.substr(0, 100));
  EXPECT_EQ(recovered().state, StepState::done);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::tree(library.root, false), before);
}

TEST_F(HalfRewrittenTest, TakenBackAndNotRecorded) {
  prepare();
  std::filesystem::rename(track.path, old());
  std::filesystem::rename(part(), track.path);
  journal.done(test::rewrite_id(1), test::stamp(track.path), {});
  journal.restoring({test::rewrite_id(1)}, {});
  std::filesystem::rename(track.path, part());
  std::filesystem::rename(old(), track.path);
  EXPECT_EQ(recovered().state, StepState::undone);
  EXPECT_EQ(test::tree(library.root, false), before);
}

// --- Killed at a system call ------------------------------------------------------------------------------

/// Two files, each rewritten in one run. Memory will do: a kill loses nothing that was not yet on the disk.
struct Victim {
  Library library;
  std::vector<TrackRecord> tracks;

  Victim() {
    for (const char* name : {"a/1.mp3", "b/2.mp3"})
      library.file(name, test::noise(library.root.size(), 3'000) + name);
    library.add_root();
    test::age(library.root);
    for (const char* name : {"a/1.mp3", "b/2.mp3"}) tracks.push_back(library.scanned(name));
  }

  void rewrite() {
    ActiveRun run(library.store, "tag");
    Tags tags;
    tags.artist = "new";
    for (const TrackRecord& track : tracks)
      EXPECT_TRUE(Rewriter(run).rewrite(test::order_for(track), test::with_head("HEAD", tags)).done());
    close_rewrites(run, false);
  }

  void expect_one_version_each(long at) {
    for (const TrackRecord& track : tracks) {
      const TrackRecord record = library.record(track.id);
      const bool rewritten = test::read_file(track.path).substr(0, 4) == "HEAD";
      ASSERT_EQ(record.stamp, test::stamp(track.path)) << at << ": the next scan opens nothing";
      ASSERT_EQ(record.tags.artist, rewritten ? "new" : "") << at;
    }
  }

  long killed_at(long at, const std::function<void(Victim&)>& job) {
    { Store gone(std::move(library.store)); }
    const long calls = test::killed_at(
        at, [&] { library.store = library.open(); }, [&] { job(*this); });
    library.store = library.open();
    return calls;
  }
};

long stride() {
  const char* text = std::getenv("ECHOFOLD_KILL_EVERY");
  return text == nullptr ? 9 : std::max(1L, std::atol(text));
}

class KilledRewriteTest : public testing::Test {
  test::TempInMemory memory_;

 protected:
  static void kill_everywhere(const std::function<void(Victim&)>& prepare,
                              const std::function<void(Victim&)>& job) {
    long kills = 0;
    for (long at = 1;; at += stride()) {
      Victim victim;
      const auto before = test::tree(victim.library.root, false);
      prepare(victim);
      const long calls = victim.killed_at(at, job);
      if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
      recover(victim.library.store);
      ASSERT_EQ(recover(victim.library.store), 0u);
      ASSERT_EQ(test::tree(victim.library.root, false).size(), before.size())
          << "a leftover after call " << at;
      victim.expect_one_version_each(at);
      ASSERT_NO_FATAL_FAILURE(test::take_all_back(victim.library.store, "call " + std::to_string(at)));
      ASSERT_EQ(test::tree(victim.library.root, false), before) << at;
      victim.expect_one_version_each(at);
      if (calls < at) break;
      ++kills;
    }
    EXPECT_GT(kills, 5);
  }
};

TEST_F(KilledRewriteTest, WhileRewriting) {
  kill_everywhere([](Victim&) {}, [](Victim& victim) { victim.rewrite(); });
}

TEST_F(KilledRewriteTest, WhileTakingBack) {
  kill_everywhere([](Victim& victim) { victim.rewrite(); }, [](Victim& victim) { victim.library.undo(); });
}

// --- Other programs, full disks ---------------------------------------------------------------------------

TEST(RewriteRace, AFileWrittenToInTheVeryMomentKeepsItsNewBytes) {
  Victim victim;
  { Store gone(std::move(victim.library.store)); }
  const std::string path = victim.tracks[0].path;
  const bool traced = test::at_call(
      SYS_renameat2, 1,
      [&] {
        victim.library.store = victim.library.open();
        ActiveRun run(victim.library.store, "tag");
        const Rewritten done =
            Rewriter(run).rewrite(test::order_for(victim.tracks[0]), test::with_head("HEAD"));
        EXPECT_FALSE(done.done());
        EXPECT_NE(test::message_of(done.failure).find("changed by another program"), std::string::npos)
            << test::message_of(done.failure);
        close_rewrites(run, false);
      },
      [&] { test::write_file(path, "another program's"); });
  victim.library.store = victim.library.open();
  if (!traced) GTEST_SKIP() << "tracing is not allowed here";
  EXPECT_EQ(test::read_file(path), "another program's");
  EXPECT_EQ(test::contents({victim.library.root}).size(), 2u) << "no temporary file stays";
}

TEST(RewriteOnASmallDisk, AFullOneLeavesTheFileAsItIs) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting is not allowed here";
  Library library;
  const test::Mount disk = test::Mount::in_memory(library.root, "256k");
  ASSERT_TRUE(disk);
  library.file("song.mp3", test::noise(1, 150'000));
  library.add_root();
  const TrackRecord track = library.scanned("song.mp3");
  ActiveRun run(library.store, "tag");
  const Rewritten done = Rewriter(run).rewrite(test::order_for(track), test::with_head("x"));
  EXPECT_FALSE(done.done());
  EXPECT_NE(test::message_of(done.failure).find("No space"), std::string::npos)
      << test::message_of(done.failure);
  EXPECT_EQ(test::contents({library.root}), std::vector{test::noise(1, 150'000)});
  EXPECT_EQ(test::stamp(track.path), track.stamp);
  close_rewrites(run, false);
}

}  // namespace
}  // namespace echofold::act_rewrite_faults_test
