// The databases of classes agree with the records, in new libraries and in old ones.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>

#include "index/base/error.h"
#include "index/store/classes.h"
#include "index/store/database_keys.h"
#include "index/store/store.h"
#include "tests/support/kill.h"
#include "tests/support/old_library.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_classes_test {
namespace {

using test::make_items;
using test::sample_track;
using Classes = std::map<Hash128, std::vector<TrackId>>;

TrackRecord track_of(std::uint64_t path) {
  TrackRecord track = sample_track(path);
  track.status = TrackStatus::fingerprinted;
  return track;
}

/// Derived from the records alone.
Classes expected_classes(const Snapshot& snapshot) {
  Classes classes;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.status == TrackStatus::fingerprinted && track.item_count > 0)
      classes[track.items_hash].push_back(track.id);
  });
  return classes;
}

void expect_classes_of_records(const Snapshot& snapshot) {
  const Classes classes = expected_classes(snapshot);
  std::vector<TrackId> firsts;
  for (const auto& [hash, ids] : classes) {
    EXPECT_EQ(snapshot.tracks_with(hash), ids);
    firsts.push_back(ids.front());
  }
  std::sort(firsts.begin(), firsts.end());
  EXPECT_EQ(snapshot.representatives(), firsts);
  Classes stored;
  std::vector<Hash128> order;
  snapshot.for_each_fingerprint([&](const Hash128& hash, TrackId id) {
    stored[hash].push_back(id);
    order.push_back(hash);
  });
  EXPECT_EQ(stored, classes);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_TRUE(snapshot.tracks_with(hash_items(make_items(4711, 50))).empty());
}

class StoreClassesTest : public testing::Test {
 protected:
  Store open() const { return Store::open(dir, {std::size_t{1} << 22}); }

  /// Adds, changes and removes at random: few fingerprints, so that classes fill and empty.
  static void change_at_random(Writer& writer, std::mt19937_64& random, TrackId ids) {
    const TrackId id = 1 + random() % ids;
    switch (random() % 6) {
      case 0:
        return writer.remove_track(id);
      case 1:
        if (auto track = writer.track(id)) {
          track->status =
              track->status == TrackStatus::silent ? TrackStatus::fingerprinted : TrackStatus::silent;
          writer.update_track(*track);
        }
        return;
      case 2:
        if (auto track = writer.track(id)) writer.put_track(*track, make_items(random() % 8, 60));
        return;
      default: {
        const auto items = make_items(random() % 8, random() % 9 == 0 ? 0 : 60);
        writer.put_track(track_of(random() % 5000), items);
      }
    }
  }

  void make_library(std::uint64_t tracks = 60) {
    Store store = open();
    store.write([&](Writer& writer) {
      for (std::uint64_t i = 0; i < tracks; ++i) writer.put_track(track_of(i), make_items(i % 40, 60));
    });
  }
  void make_old_library(std::uint64_t tracks = 60) {
    make_library(tracks);
    test::make_format_one(dir);
  }

  test::TempDir temp;
  std::filesystem::path dir = temp / "library";
};

TEST_F(StoreClassesTest, FollowEveryChangeOfTheRecords) {
  std::mt19937_64 random(1);
  {
    Store store = open();
    expect_classes_of_records(store.snapshot());
    for (int round = 0; round < 60; ++round) {
      store.write([&](Writer& writer) {
        for (int i = 0; i < 10; ++i) change_at_random(writer, random, 300);
      });
      expect_classes_of_records(store.snapshot());
    }
    EXPECT_GT(expected_classes(store.snapshot()).size(), 4u);
  }
  EXPECT_NO_THROW(check_library(dir));
}

TEST_F(StoreClassesTest, IdsFarApartAndAtTheEdgesOfBlocks) {
  std::vector<TrackId> ids = {1, 63, 64, 4095, 4096, 4097, 8191, 8192};
  IdBlock zero, one, two;
  for (const TrackId id : ids) (id < 4096 ? zero : id < 8192 ? one : two).set(id, true);
  two.set(8193, true);
  two.set(8193, false);
  std::vector<TrackId> read;
  IdBlock::decode(zero.encode()).append_to(read, 0);
  IdBlock::decode(one.encode()).append_to(read, 1);
  IdBlock::decode(two.encode()).append_to(read, 2);
  EXPECT_EQ(read, ids);
  std::string damaged = zero.encode();
  damaged[9] ^= 1;
  EXPECT_THROW(IdBlock::decode(damaged), Error);
}

TEST_F(StoreClassesTest, AnOldLibraryIsReadAsItIs) {
  make_old_library();
  const Store store = Store::open_to_read(dir);
  expect_classes_of_records(store.snapshot());
  EXPECT_EQ(store.snapshot().representatives().size(), 40u);
}

TEST_F(StoreClassesTest, AnOldLibraryGetsItsTablesFromTheFirstWriter) {
  make_old_library(9000);
  EXPECT_EQ(test::format_of(dir), 1u);
  EXPECT_NO_THROW(check_library(dir));
  std::uint64_t generation = 0;
  {
    const Store store = open();  // starts with 4 MB, so the map has to grow
    expect_classes_of_records(store.snapshot());
    generation = store.snapshot().generation();
  }
  EXPECT_EQ(test::format_of(dir), store_format);
  EXPECT_NO_THROW(check_library(dir));
  Store store = open();
  EXPECT_EQ(store.snapshot().generation(), generation) << "made once";
  store.write([&](Writer& writer) { writer.put_track(track_of(70'000), make_items(3, 60)); });
  expect_classes_of_records(store.snapshot());
}

TEST_F(StoreClassesTest, AKillLeavesALibraryOfOneFormatOrTheOther) {
  for (long at = 1;; ++at) {
    make_old_library();
    const long calls = test::killed_at(
        at, [] {}, [&] { open(); });
    if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
    ASSERT_NO_THROW(check_library(dir)) << "after a kill at call " << at;
    expect_classes_of_records(open().snapshot());
    std::filesystem::remove_all(dir);
    if (calls < at) return;
  }
}

TEST_F(StoreClassesTest, WithADamagedRecordAnOldLibraryWorksAsItDid) {
  make_old_library();
  test::change_by_lmdb(dir,
                       [](MDB_txn* txn) { test::put_by_lmdb(txn, "tracks", TrackKey(7).view(), "damaged"); });
  {
    Store store = open();
    EXPECT_TRUE(store.snapshot().track(8));
    EXPECT_THROW(store.snapshot().representatives(), Error);
    store.write([](Writer& writer) {
      writer.remove_track(8);
      writer.put_track(track_of(500), make_items(3, 60));
    });
  }
  EXPECT_EQ(test::format_of(dir), 1u);
}

TEST_F(StoreClassesTest, WithoutRoomAnOldLibraryOpensAsItDid) {
  make_old_library(5000);
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{std::filesystem::file_size(dir / "data.mdb"), RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      _exit(open().snapshot().representatives().size() == 40 ? 0 : 1);
    } catch (...) {
      _exit(2);
    }
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(test::format_of(dir), 1u);
  expect_classes_of_records(open().snapshot());
  EXPECT_EQ(test::format_of(dir), store_format);
}

TEST_F(StoreClassesTest, CheckFindsTablesThatDoNotAgree) {
  const auto expect_damaged = [&](const std::function<void(MDB_txn*)>& change) {
    make_library();
    test::change_by_lmdb(dir, change);
    EXPECT_THROW(check_library(dir), Error);
    std::filesystem::remove_all(dir);
  };
  const Hash128 hash = hash_items(make_items(3, 60));
  expect_damaged([&](MDB_txn* txn) {  // a track that has another fingerprint
    test::put_by_lmdb(txn, "classes", ClassKey(hash.high, hash.low, 50).view(), {});
  });
  expect_damaged([&](MDB_txn* txn) { test::put_by_lmdb(txn, "classes", "short", {}); });
  IdBlock block;
  block.set(5, true);
  expect_damaged(
      [&](MDB_txn* txn) { test::put_by_lmdb(txn, "representatives", TrackKey(0).view(), block.encode()); });
  expect_damaged([&](MDB_txn* txn) {  // no track can have such an id
    test::put_by_lmdb(txn, "representatives", TrackKey(TrackId{1} << 50).view(), block.encode());
  });
}

}  // namespace
}  // namespace echofold::store_classes_test
