// Power cuts: nothing that a store or a run has acknowledged is lost. The same cuts do lose data that is written
// without syncing, which shows that the tests detect losses.
#include <lmdb.h>

#include <set>

#include "engine/act/journal/step.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/rename.h"
#include "tests/engine/act/act_support.h"
#include "tests/fault/fault_share.h"
#include "tests/fault/many_groups.h"
#include "tests/fault/power_cut.h"
#include "tests/support/temp_base.h"

namespace echofold::fault_power_cut_test {
namespace {

using test::Disk;

class PowerCutTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  }

  static int rounds() { return test::all_faults() ? 100 : 8; }
  std::mt19937 random{20261123};

 private:
  test::TempInMemory memory_;
};

std::vector<Item> items_of(std::uint64_t n) { return test::make_items(n, 200); }
std::string path_of(std::uint64_t n) { return "/music/" + std::to_string(n) + ".flac"; }

/// Puts tracks into the library, one per transaction, continuing from those that exist.
void write_tracks(const std::string& dir, const Disk::Acknowledge& acknowledge) {
  Store store = Store::open(dir);
  for (std::uint64_t n = store.snapshot().track_count();; ++n) {
    TrackRecord record;
    record.path = path_of(n);
    record.stamp = {1, n + 1, 10, 20};
    const auto items = items_of(n);
    store.write([&](Writer& writer) { writer.put_track(record, items); });
    acknowledge(n);
  }
}

TEST_F(PowerCutTest, NoAcknowledgedCommitOfTheStoreIsLost) {
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < rounds(); ++round) {
    for (const std::uint64_t n :
         disk.cut_power_during([&](const auto& acknowledge) { write_tracks(disk.path("db"), acknowledge); },
                               random() % 20, random))
      acknowledged = std::max(acknowledged, n + 1);
    ASSERT_NO_THROW(check_library(disk.path("db"))) << "round " << round;
    const Store store = Store::open(disk.path("db"));
    const Snapshot snapshot = store.snapshot();
    ASSERT_GE(snapshot.track_count(), acknowledged) << "round " << round;
    for (std::uint64_t n = 0; n < acknowledged; ++n) {
      const auto id = snapshot.find_path(path_of(n));
      ASSERT_TRUE(id) << n;
      const Items items = snapshot.items(*id);
      ASSERT_EQ(std::vector<Item>(items.begin(), items.end()), items_of(n)) << n;
    }
  }
  EXPECT_GT(acknowledged, static_cast<std::uint64_t>(rounds()));
  std::printf("%d power cuts, %lu commits acknowledged, 0 lost\n", rounds(), acknowledged);
}

// --- The same with LMDB reported not to wait for the disk: the cuts must show it --------------------------------

constexpr std::size_t careless_map_bytes = std::size_t{16} << 20;

/// Commits one number after the other with MDB_NOSYNC, at `dir`, which must exist.
void write_carelessly(const std::string& dir, const Disk::Acknowledge& acknowledge) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0 || mdb_env_set_mapsize(env, careless_map_bytes) != 0 ||
      mdb_env_open(env, dir.c_str(), MDB_NOSYNC, 0600) != 0)
    return;
  for (std::uint64_t n = 0;; ++n) {
    MDB_txn* txn = nullptr;
    MDB_dbi database = 0;
    MDB_val value{sizeof n, &n};
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0 || mdb_dbi_open(txn, nullptr, 0, &database) != 0 ||
        mdb_put(txn, database, &value, &value, 0) != 0 || mdb_txn_commit(txn) != 0)
      return;
    acknowledge(n);
  }
}

/// Whether the first `count` numbers are all in the environment. Runs in a child, since a damaged environment may
/// crash it.
bool all_there(const std::string& dir, std::uint64_t count) {
  const pid_t child = fork();
  if (child == 0) {
    (void)!freopen("/dev/null", "w", stderr);
    MDB_env* env = nullptr;
    MDB_txn* txn = nullptr;
    MDB_dbi database = 0;
    bool there = mdb_env_create(&env) == 0 && mdb_env_set_mapsize(env, careless_map_bytes) == 0 &&
                 mdb_env_open(env, dir.c_str(), MDB_RDONLY, 0600) == 0 &&
                 mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) == 0 &&
                 mdb_dbi_open(txn, nullptr, 0, &database) == 0;
    for (std::uint64_t n = 0; there && n < count; ++n) {
      MDB_val key{sizeof n, &n};
      MDB_val value{};
      there = mdb_get(txn, database, &key, &value) == 0;
    }
    _exit(there ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(PowerCutTest, AStoreThatDoesNotWaitForTheDiskLosesCommits) {
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  int lost = 0;
  for (int round = 0; round < rounds(); ++round) {
    const std::string dir = disk.path("careless " + std::to_string(round));
    std::filesystem::create_directory(dir);
    disk.sync();
    const auto acknowledged = disk.cut_power_during(
        [&](const auto& acknowledge) { write_carelessly(dir, acknowledge); }, 10 + random() % 20, random);
    ASSERT_FALSE(acknowledged.empty());
    lost += all_there(dir, acknowledged.size()) ? 0 : 1;
  }
  EXPECT_GT(lost, rounds() / 2) << "the power cuts of these tests lose nothing, so they prove nothing";
  std::printf("%d power cuts, %d of them lost commits of a store with MDB_NOSYNC\n", rounds(), lost);
}

// --- Moves --------------------------------------------------------------------------------------------------

/// A library with its music and its set-aside folder, each on the disk or elsewhere.
struct Home {
  std::string db, root, set_aside;  // set_aside empty: in the root

  /// Writes the music and adds it to the store. @return the groups of a plan for it
  std::vector<PlanGroup> fill(int count) const {
    std::vector<PlanGroup> groups;
    for (int i = 0; i < count; ++i)
      for (const char* kind : {" keep", " copy"})
        test::write_file(file(i, kind), "the bytes of " + std::to_string(i) + kind);
    Store store = Store::open(db);
    store.write([&](Writer& writer) {
      writer.put_root({root, 0, 1});
      groups.clear();
      for (int i = 0; i < count; ++i)
        groups.push_back(test::certain_group(static_cast<std::uint32_t>(i), put(writer, i, " keep"),
                                             {put(writer, i, " copy")}));
    });
    return groups;
  }
  std::string file(int i, const std::string& kind) const {
    return root + "/" + std::to_string(i / 5) + "/" + std::to_string(i) + kind;
  }

 private:
  TrackRecord put(Writer& writer, int i, const std::string& kind) const {
    TrackRecord record;
    record.path = file(i, kind);
    record.stamp = test::stamp(record.path);
    record.id = writer.put_track(record, test::make_items(static_cast<std::uint64_t>(i), 8));
    return record;
  }
};

class PowerCutMoveTest : public PowerCutTest {
 protected:
  /// Cuts the power while a plan is applied, repeatedly. Each time, everything that was reported holds.
  void cut_while_applying(Disk& disk, const Home& home) {
    auto groups = home.fill(40);
    disk.sync();
    const std::vector<std::string> places{home.root, home.set_aside};
    const auto files = test::contents(places);
    std::size_t reported = 0;
    for (int round = 0; round < rounds(); ++round) {
      const auto acknowledged = disk.cut_power_during(
          [&](const auto& acknowledge) {
            Store store = Store::open(home.db);
            apply(store, {store.library_id(), groups}, {home.set_aside},
                  [&](const PlanGroup& group, const Step& step) {
                    if (outcome(step).state == StepState::done) acknowledge(group.number);
                  });
          },
          random() % 30, random);
      reported += acknowledged.size();
      Store store = Store::open(home.db);
      recover(store);
      ASSERT_EQ(test::contents(places), files) << "round " << round;
      for (const std::uint64_t group : acknowledged) {
        const auto record = store.snapshot().track(groups[group].drops[0].file.track.id).value();
        ASSERT_EQ(record.place, TrackPlace::set_aside) << "round " << round << " group " << group;
        ASSERT_TRUE(test::exists(record.set_aside_path)) << record.set_aside_path;
        ASSERT_FALSE(test::exists(record.path)) << record.path;
      }
      ASSERT_NO_FATAL_FAILURE(take_back(store, groups, round));
      ASSERT_EQ(test::contents(places), files) << "round " << round;
      disk.sync();
    }
    EXPECT_GT(reported, 0u);
    std::printf("%d power cuts, %zu moves acknowledged, 0 lost\n", rounds(), reported);
  }

  /// Undoes all runs, then updates the plan as a scan would: restored files may have new inodes, and the disk another
  /// device number.
  static void take_back(Store& store, std::vector<PlanGroup>& groups, int round) {
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(store, "round " + std::to_string(round)));
    for (PlanGroup& group : groups) {
      ASSERT_EQ(store.snapshot().track(group.drops[0].file.track.id).value().place, TrackPlace::present)
          << round;
      for (TrackRecord* track : {&group.keep.track, &group.drops[0].file.track}) {
        const std::int64_t mtime_ns = track->stamp.mtime_ns;
        *track = store.snapshot().track(track->id).value();
        track->stamp = test::stamp(track->path);
        ASSERT_EQ(track->stamp.mtime_ns, mtime_ns) << round;
      }
    }
    store.write([&](Writer& writer) {
      for (const PlanGroup& group : groups) {
        writer.update_track(group.keep.track);
        writer.update_track(group.drops[0].file.track);
      }
    });
  }
};

TEST_F(PowerCutMoveTest, NoAcknowledgedMoveIsLost) {
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  cut_while_applying(disk, {disk.path("db"), disk.path("music"), ""});
}

TEST_F(PowerCutMoveTest, NoAcknowledgedMoveOntoTheDiskIsLost) {
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  const test::TempDir beside;
  cut_while_applying(disk, {disk.path("db"), (beside / "music").native(), disk.path("dups")});
}

TEST_F(PowerCutMoveTest, NoAcknowledgedMoveFromTheDiskIsLost) {
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  const test::TempDir beside;
  cut_while_applying(disk, {disk.path("db"), disk.path("music"), (beside / "dups").native()});
}

/// A new name in another folder for each file.
std::vector<Rename> new_names(const Home& home, const Store& store, int count) {
  std::vector<Rename> renames;
  const Snapshot snapshot = store.snapshot();
  for (int i = 0; i < count; ++i) {
    const std::string from = home.file(i, " keep");
    const std::string to = home.root + "/named/" + std::to_string(i / 3) + "/" + std::to_string(i) + " kept";
    renames.push_back({snapshot.find_path(from).value(), from, to, home.root, test::stamp(from), ""});
  }
  return renames;
}

TEST_F(PowerCutMoveTest, NoAcknowledgedRenameIsLost) {
  constexpr int count = 40;
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  const Home home{disk.path("db"), disk.path("music"), ""};
  home.fill(count);
  disk.sync();
  const auto files = test::contents({home.root});
  std::vector<RenameTurn> turns;
  for (std::size_t i = 0; i < count; ++i) turns.push_back({i, false});
  std::size_t reported = 0;
  for (int round = 0; round < rounds(); ++round) {
    const auto renames = new_names(home, Store::open(home.db), count);
    const auto acknowledged = disk.cut_power_during(
        [&](const auto& acknowledge) {
          Store store = Store::open(home.db);
          std::uint64_t n = 0;
          rename_files(store, "organize", renames, turns, [&](const MoveStep& step) {
            if (step.state == StepState::done) acknowledge(n);
            ++n;
          });
        },
        random() % 30, random);
    reported += acknowledged.size();
    Store store = Store::open(home.db);
    recover(store);
    ASSERT_EQ(test::contents({home.root}), files) << "round " << round;
    for (const std::uint64_t n : acknowledged) {
      ASSERT_EQ(store.snapshot().track(renames[n].track).value().path, renames[n].to) << "round " << round;
      ASSERT_TRUE(test::exists(renames[n].to)) << "round " << round << ": " << renames[n].to;
      ASSERT_FALSE(test::exists(renames[n].from)) << "round " << round << ": " << renames[n].from;
    }
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(store, "round " + std::to_string(round)));
    for (const Rename& rename : renames)
      ASSERT_TRUE(test::exists(rename.from)) << round << ": " << rename.from;
    disk.sync();
  }
  EXPECT_GT(reported, 0u);
  std::printf("%d power cuts, %zu renames acknowledged, 0 lost\n", rounds(), reported);
}

TEST_F(PowerCutMoveTest, APlainCopyAndDeleteLosesFiles) {
  Disk disk("64M");
  if (!disk) GTEST_SKIP() << "loop devices are not allowed here";
  const test::TempDir beside;
  int lost = 0;
  for (int round = 0; round < rounds(); ++round) {
    const std::string name = std::to_string(round);
    test::write_file(beside / name, "the only copy of " + name);
    disk.cut_power_during(
        [&](const auto& acknowledge) {
          std::filesystem::copy_file(beside / name, disk.path(name));
          std::filesystem::remove(beside / name);
          acknowledge(0);
        },
        1, random);
    lost += test::read_file(disk.path(name)) == "the only copy of " + name ? 0 : 1;
  }
  EXPECT_GT(lost, rounds() / 2) << "the power cuts of these tests lose nothing, so they prove nothing";
  std::printf("%d power cuts, %d of them lost a file that was copied and deleted plainly\n", rounds(), lost);
}

}  // namespace
}  // namespace echofold::fault_power_cut_test
