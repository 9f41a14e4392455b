// The map grows by itself, for writers and for readers beside them; wrong use is found at once.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "index/base/error.h"
#include "index/store/store.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_growth_test {
namespace {

using test::sample_track;

constexpr StoreOptions one_mib{std::size_t{1} << 20};

// The values of the items do not matter here, but many items are needed.
std::vector<Item> quick_items(std::uint64_t seed) {
  std::vector<Item> items(948);
  std::mt19937 random(static_cast<std::uint32_t>(seed));
  for (Item& item : items) item = static_cast<Item>(random());
  return items;
}

void put_many(Writer& writer, std::uint64_t from, std::uint64_t count) {
  for (std::uint64_t seed = from; seed < from + count; ++seed)
    writer.put_track(sample_track(seed), quick_items(seed));
}

TEST(StoreGrowthTest, GrowsFromOneMebibyteWithinOneWrite) {
  const test::TempDir temp;
  Store store = Store::open(temp / "library", one_mib);
  int runs = 0;
  store.write([&](Writer& writer) {
    ++runs;
    put_many(writer, 1, 1200);  // 5 MB
  });
  EXPECT_GE(runs, 3);
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.track_count(), 1200u);
  EXPECT_EQ(snapshot.last_track_id(), 1200u) << "ids of runs that were given up are not used up";
  for (TrackId id = 1; id <= 1200; ++id)
    ASSERT_EQ(hash_items(snapshot.items(id)), snapshot.track(id)->items_hash);
  EXPECT_EQ(snapshot.find_path(sample_track(1200).path), 1200u);
}

TEST(StoreGrowthTest, GrowsOverManyWritesAndReopensLarge) {
  const test::TempDir temp;
  {
    Store store = Store::open(temp / "library", one_mib);
    for (std::uint64_t batch = 0; batch < 15; ++batch)
      store.write([&](Writer& writer) { put_many(writer, batch * 100 + 1, 100); });
  }
  Store store = Store::open(temp / "library", one_mib);
  store.write([](Writer& writer) { put_many(writer, 2000, 10); });
  EXPECT_EQ(store.snapshot().track_count(), 1510u);
}

// A body that turns every failure into a row must not be able to lose data.
TEST(StoreGrowthTest, GrowsThoughTheBodySwallowsEverything) {
  const test::TempDir temp;
  Store store = Store::open(temp / "library", one_mib);
  store.write([](Writer& writer) {
    for (std::uint64_t seed = 1; seed <= 600; ++seed) try {
        put_many(writer, seed, 1);
      } catch (...) {
      }
  });
  EXPECT_EQ(store.snapshot().track_count(), 600u);
}

TEST(StoreGrowthTest, TheFileTakesNoMoreRoomThanItsPages) {
  const test::TempDir temp;
  Store store = Store::open(temp / "library", {std::size_t{1} << 36});
  store.write([](Writer& writer) { put_many(writer, 1, 10); });
  EXPECT_LT(std::filesystem::file_size(temp / "library" / "data.mdb"), 1u << 20);
}

TEST(StoreGrowthTest, WritingWhileASnapshotLivesIsAMistakeThatIsTold) {
  const test::TempDir temp;
  Store store = Store::open(temp / "library", one_mib);
  store.write([](Writer& writer) { put_many(writer, 1, 1); });
  {
    const Snapshot snapshot = store.snapshot();
    EXPECT_THROW(store.write([](Writer& writer) { put_many(writer, 2, 1000); }), std::logic_error);
    EXPECT_EQ(hash_items(snapshot.items(1)), snapshot.track(1)->items_hash);
  }
  std::optional<Snapshot> inside;
  EXPECT_THROW(store.write([&](Writer& writer) {
    inside = store.snapshot();
    put_many(writer, 2, 1000);
  }),
               std::logic_error);
  EXPECT_EQ(inside->track_count(), 1u);
  inside.reset();
  EXPECT_THROW(store.write([&](Writer&) { store.write([](Writer&) {}); }), std::logic_error);
  store.write([](Writer& writer) { put_many(writer, 2, 1000); });
  EXPECT_EQ(store.snapshot().track_count(), 1001u);
}

TEST(StoreGrowthTest, ThreadsMayWriteInTurn) {
  const test::TempDir temp;
  Store store = Store::open(temp / "library", one_mib);
  std::vector<std::thread> threads;
  for (std::uint64_t first : {0u, 1000u, 2000u})
    threads.emplace_back([&store, first] {
      for (std::uint64_t i = 0; i < 4; ++i)
        store.write([&](Writer& writer) { put_many(writer, first + i * 50, 50); });
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store.snapshot().track_count(), 600u);
}

TEST(StoreGrowthTest, AReaderFollowsTheGrowthOfAnotherProcess) {
  const test::TempDir temp;
  { Store::open(temp / "library", one_mib); }
  int go[2], done[2];
  ASSERT_EQ(pipe(go), 0);
  ASSERT_EQ(pipe(done), 0);
  const pid_t writer = fork();
  ASSERT_GE(writer, 0);
  char byte = 'x';
  if (writer == 0) {
    close(go[1]);
    if (read(go[0], &byte, 1) != 1) _exit(1);
    try {
      Store store = Store::open(temp / "library", one_mib);
      store.write([](Writer& w) { put_many(w, 1, 1000); });
    } catch (const std::exception&) {
      byte = '!';
    }
    _exit(write(done[1], &byte, 1) == 1 ? 0 : 1);
  }
  close(done[1]);
  {
    const Store store = Store::open_to_read(temp / "library", one_mib);
    std::optional<Snapshot> before = store.snapshot();
    ASSERT_EQ(write(go[1], &byte, 1), 1);
    ASSERT_EQ(read(done[0], &byte, 1), 1);
    ASSERT_EQ(byte, 'x');
    EXPECT_EQ(before->track_count(), 0u) << "a snapshot stays as it was";
    EXPECT_THROW(store.snapshot(), Error) << "the map can't move under a snapshot";
    before.reset();
    const Snapshot after = store.snapshot();
    EXPECT_EQ(after.track_count(), 1000u);
    for (TrackId id = 1; id <= 1000; ++id)
      ASSERT_EQ(hash_items(after.items(id)), after.track(id)->items_hash);
  }
  int status = 0;
  EXPECT_EQ(waitpid(writer, &status, 0), writer);
  EXPECT_EQ(status, 0);
  for (const int fd : {go[0], go[1], done[0]}) close(fd);
}

}  // namespace
}  // namespace echofold::store_growth_test
