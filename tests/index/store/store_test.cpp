// What is stored can be read, and the databases agree with each other.
#include "index/store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "index/base/error.h"
#include "index/store/verdict.h"
#include "index/store/view.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_store_test {
namespace {

using test::make_items;
using test::sample_track;

class StoreTest : public testing::Test {
 protected:
  TrackId put(TrackRecord record, Items items) {
    TrackId id = 0;
    store.write([&](Writer& writer) { id = writer.put_track(record, items); });
    return id;
  }
  TrackId put(std::uint64_t seed, std::size_t count = 100) {
    return put(sample_track(seed), make_items(seed, count));
  }

  test::TempDir temp;
  Store store = Store::open(temp / "library", {std::size_t{1} << 22});
};

bool equal(Items a, Items b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

TEST_F(StoreTest, NewLibraryIsEmptyAndPrivate) {
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.track_count(), 0u);
  EXPECT_EQ(snapshot.last_track_id(), 0u);
  EXPECT_EQ(snapshot.paired_through(), 0u);
  EXPECT_EQ(snapshot.track(1), std::nullopt);
  EXPECT_TRUE(snapshot.items(1).empty());
  EXPECT_TRUE(snapshot.roots().empty());
  EXPECT_TRUE(store.writable());
  struct stat status {};
  ASSERT_EQ(stat(store.dir().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  for (const char* name : {"data.mdb", "lock.mdb", "lock"}) {
    ASSERT_EQ(stat((store.dir() / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST_F(StoreTest, LibraryIdIsAUuidAndStays) {
  const std::string id = store.library_id();
  ASSERT_EQ(id.size(), 36u);
  EXPECT_EQ(id[14], '4');
  store = Store::open(temp / "another");
  EXPECT_NE(store.library_id(), id);
  EXPECT_EQ(Store::open(temp / "library").library_id(), id);
}

TEST_F(StoreTest, TrackAndItemsSurviveReopening) {
  std::map<TrackId, TrackRecord> expected;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    TrackRecord record = sample_track(seed);
    const auto items = make_items(seed, seed * 60);
    record.id = put(record, items);
    record.item_count = static_cast<std::uint32_t>(items.size());
    record.items_hash = hash_items(items);
    expected[record.id] = record;
  }
  store = Store::open(temp / "other");  // closes the first
  store = Store::open(temp / "library");
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.track_count(), 20u);
  EXPECT_EQ(snapshot.last_track_id(), 20u);
  TrackId before = 0;
  snapshot.for_each_track([&](const TrackRecord& record) {
    EXPECT_GT(record.id, before);
    before = record.id;
    EXPECT_EQ(record, expected.at(record.id));
    EXPECT_EQ(snapshot.track(record.id), record);
    EXPECT_EQ(snapshot.find_path(record.path), record.id);
    const Items items = snapshot.items(record.id);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(items.data()) % alignof(Item), 0u);
    EXPECT_TRUE(equal(items, make_items(record.id, record.id * 60)));
  });
  EXPECT_EQ(before, 20u);
}

// Small values would be moved by their neighbours on a shared page, and be misaligned there.
TEST_F(StoreTest, ItemsOfEveryLengthAreAligned) {
  store.write([&](Writer& writer) {
    for (std::size_t count = 1; count <= 1200; count += 7)
      writer.put_track(sample_track(count), make_items(count, count));
  });
  const Snapshot snapshot = store.snapshot();
  snapshot.for_each_track([&](const TrackRecord& record) {
    const Items items = snapshot.items(record.id);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(items.data()) % alignof(Item), 0u);
    ASSERT_EQ(hash_items(items), record.items_hash);
  });
}

TEST_F(StoreTest, TrackWithoutFingerprint) {
  TrackRecord record = sample_track(1);
  record.status = TrackStatus::failed;
  record.failure = "not audio";
  const TrackId id = put(record, {});
  const Snapshot snapshot = store.snapshot();
  EXPECT_TRUE(snapshot.items(id).empty());
  EXPECT_EQ(snapshot.track(id)->item_count, 0u);
  EXPECT_EQ(snapshot.track(id)->failure, "not audio");
}

TEST_F(StoreTest, IdsAreNeverUsedTwice) {
  EXPECT_EQ(put(1), 1u);
  EXPECT_EQ(put(2), 2u);
  store.write([](Writer& writer) {
    writer.remove_track(2);
    writer.remove_track(1);
    writer.remove_track(99);
  });
  EXPECT_EQ(store.snapshot().track_count(), 0u);
  store = Store::open(temp / "other");
  store = Store::open(temp / "library");
  EXPECT_EQ(put(3), 3u);
}

TEST_F(StoreTest, ChangedItemsMakeAnotherTrack) {
  const TrackId a = put(1), b = put(2);
  store.write([&](Writer& writer) { writer.put_pair(a, b, Evidence{}); });
  TrackRecord record = *store.snapshot().track(a);
  const TrackId again = put(record, make_items(77, 100));
  EXPECT_EQ(again, 3u);
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.track(a), std::nullopt);
  EXPECT_TRUE(snapshot.items(a).empty());
  EXPECT_EQ(snapshot.pair(a, b), std::nullopt);
  EXPECT_EQ(snapshot.find_path(record.path), again);
  EXPECT_TRUE(equal(snapshot.items(again), make_items(77, 100)));
}

TEST_F(StoreTest, SameItemsKeepIdAndPairs) {
  const TrackId a = put(1), b = put(2);
  store.write([&](Writer& writer) { writer.put_pair(a, b, Evidence{}); });
  TrackRecord record = *store.snapshot().track(a);
  record.tags.title = "Corrected";
  EXPECT_EQ(put(record, make_items(1, 100)), a);
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.track(a)->tags.title, "Corrected");
  EXPECT_EQ(snapshot.pair(a, b), Evidence{});
}

TEST_F(StoreTest, UpdateMovesPathEntries) {
  TrackRecord record = sample_track(1);
  record.link_paths = {"/link/1", "/link/2"};
  const TrackId id = put(record, make_items(1, 100));
  EXPECT_EQ(store.snapshot().find_path("/link/2"), id);
  record = *store.snapshot().track(id);
  const std::string old = record.path;
  record.path = "/elsewhere/new.flac";
  record.link_paths = {"/link/2", "/link/3"};
  record.item_count = 5;  // update_track must not change it
  store.write([&](Writer& writer) {
    writer.update_track(record);
    EXPECT_EQ(writer.find_path("/link/3"), id);
    EXPECT_EQ(writer.track(id)->path, record.path);
  });
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.find_path(old), std::nullopt);
  EXPECT_EQ(snapshot.find_path("/link/1"), std::nullopt);
  for (const std::string path : {"/elsewhere/new.flac", "/link/2", "/link/3"})
    EXPECT_EQ(snapshot.find_path(path), id) << path;
  EXPECT_EQ(snapshot.track(id)->item_count, 100u);
  EXPECT_EQ(snapshot.items(id).size(), 100u);
}

TEST_F(StoreTest, PathTakenOverByAnotherTrackStaysItsOwn) {
  const TrackId first = put(1);
  const std::string path = sample_track(1).path;
  const TrackId second = put(sample_track(1), make_items(2, 100));
  EXPECT_EQ(store.snapshot().find_path(path), second);
  store.write([&](Writer& writer) { writer.remove_track(first); });
  EXPECT_EQ(store.snapshot().find_path(path), second);
  store.write([&](Writer& writer) { writer.remove_track(second); });
  EXPECT_EQ(store.snapshot().find_path(path), std::nullopt);
}

TEST_F(StoreTest, UnknownTracksCantBeUpdated) {
  for (const bool with_items : {false, true}) try {
      TrackRecord record = sample_track(1);
      record.id = 12;
      store.write([&](Writer& writer) {
        if (with_items)
          writer.put_track(record, make_items(1, 10));
        else
          writer.update_track(record);
      });
      FAIL();
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
    }
}

TEST_F(StoreTest, PathsOfAnyBytesUpToTheLongest) {
  std::string all_bytes = "/";
  for (int byte = 1; byte < 256; ++byte)
    if (byte != '/') all_bytes += static_cast<char>(byte);
  std::vector<std::string> paths = {all_bytes, "/-leading", "/with \"quotes\"\nand newline", "/\xff\xfe"};
  for (const std::size_t size : {510u, 511u, 512u, 4094u, 4095u}) {
    paths.push_back("/" + std::string(size - 1, 'x'));
    paths.back().back() = '\xe9';
  }
  std::map<std::string, TrackId> ids;
  for (const std::string& path : paths) {
    TrackRecord record = sample_track(1);
    record.path = path;
    ids[path] = put(record, make_items(1, 10));
  }
  const Snapshot snapshot = store.snapshot();
  for (const auto& [path, id] : ids) {
    EXPECT_EQ(snapshot.find_path(path), id);
    EXPECT_EQ(snapshot.track(id)->path, path);
    EXPECT_EQ(snapshot.find_path(path + "x"), std::nullopt);
  }
}

TEST_F(StoreTest, RemovingATrackTakesAllItsPairs) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) put(seed);
  Evidence evidence;
  evidence.strip = {1, 2, 3};
  store.write([&](Writer& writer) {
    for (TrackId a = 1; a <= 6; ++a)
      for (TrackId b = a + 1; b <= 6; ++b) {
        evidence.overlap_items = static_cast<std::uint32_t>(a * 10 + b);
        writer.put_pair(a, b, evidence);
      }
    writer.set_paired_through(6);
  });
  EXPECT_EQ(store.snapshot().paired_through(), 6u);
  store.write([](Writer& writer) { writer.remove_track(3); });
  std::vector<std::pair<TrackId, TrackId>> seen;
  store.snapshot().for_each_pair([&](TrackId a, TrackId b, const Evidence& e) {
    seen.emplace_back(a, b);
    EXPECT_EQ(e.overlap_items, a * 10 + b);
    EXPECT_EQ(e.strip, evidence.strip);
  });
  EXPECT_EQ(seen.size(), 10u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  for (const auto& [a, b] : seen) EXPECT_TRUE(a != 3 && b != 3);
  store.write([](Writer& writer) { writer.drop_pairs(); });
  EXPECT_EQ(store.snapshot().paired_through(), 0u);
  EXPECT_EQ(store.snapshot().pair(1, 2), std::nullopt);
  store = Store::open(temp / "other");
  EXPECT_NO_THROW(check_library(temp / "library"));
}

TEST_F(StoreTest, PairsWantTheSmallerIdFirst) {
  for (const auto& [a, b] : {std::pair<TrackId, TrackId>{2, 1}, {2, 2}, {0, 2}}) try {
      store.write([&, a = a, b = b](Writer& writer) { writer.put_pair(a, b, {}); });
      FAIL();
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
    }
}

TEST_F(StoreTest, VerdictsTurnWithTheirOrder) {
  const Hash128 a{1, 9}, b{2, 0}, c{2, 1};
  store.write([&](Writer& writer) {
    writer.put_verdict(a, b, Verdict::keep_a);
    writer.put_verdict(c, b, Verdict::keep_a);
    writer.put_verdict(c, a, Verdict::keep_both);
    writer.put_verdict(c, c, Verdict::keep_b);
  });
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.verdict(a, b), Verdict::keep_a);
  EXPECT_EQ(snapshot.verdict(b, a), Verdict::keep_b);
  EXPECT_EQ(snapshot.verdict(c, b), Verdict::keep_a);
  EXPECT_EQ(snapshot.verdict(b, c), Verdict::keep_b);
  EXPECT_EQ(snapshot.verdict(a, c), Verdict::keep_both);
  EXPECT_EQ(snapshot.verdict(c, c), Verdict::keep_b);
  EXPECT_EQ(snapshot.verdict(a, a), std::nullopt);
  std::size_t count = 0;
  snapshot.for_each_verdict([&](const Hash128& x, const Hash128& y, Verdict verdict) {
    ++count;
    EXPECT_LE(x, y);
    EXPECT_EQ(snapshot.verdict(x, y), verdict);
  });
  EXPECT_EQ(count, 4u);
}

TEST_F(StoreTest, VerdictsKnowWhenTheyWereSaid) {
  const Hash128 a{1, 1}, b{2, 2}, c{3, 3};
  store.write([&](Writer& writer) {
    writer.put_verdict(b, a, Verdict::keep_a, 1'700'000'000);
    writer.put_verdict(a, c, Verdict::keep_both);
  });
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.verdict_time(a, b), 1'700'000'000);
  EXPECT_EQ(snapshot.verdict_time(b, a), 1'700'000'000);
  EXPECT_EQ(snapshot.verdict_time(a, c), 0);
  EXPECT_EQ(snapshot.verdict_time(b, c), 0) << "nothing was said";
}

TEST_F(StoreTest, VerdictsWithoutATimeAreRead) {
  const SaidVerdict old = decode_verdict(encode_number(2));
  EXPECT_EQ(old.verdict, Verdict::keep_b);
  EXPECT_EQ(old.said_at_s, 0);
  EXPECT_THROW(decode_verdict(encode_number(3)), Error);
  const SaidVerdict now = decode_verdict(encode(SaidVerdict{Verdict::keep_a, -5}));
  EXPECT_EQ(now.verdict, Verdict::keep_a);
  EXPECT_EQ(now.said_at_s, -5);
}

TEST_F(StoreTest, MetaEntriesAreRemoved) {
  store.write([](Writer& writer) {
    writer.put_meta("k", "v");
    writer.put_meta("other", "w");
  });
  store.write([](Writer& writer) {
    writer.remove_meta("k");
    writer.remove_meta("never");
  });
  EXPECT_EQ(store.snapshot().meta("k"), std::nullopt);
  EXPECT_EQ(store.snapshot().meta("other"), "w");
}

TEST_F(StoreTest, VerdictsAreReplacedAndRemovedFromBothSides) {
  const Hash128 a{1, 9}, b{2, 0};
  store.write([&](Writer& writer) {
    writer.put_verdict(a, b, Verdict::keep_a);
    writer.put_verdict(b, a, Verdict::keep_a);
  });
  EXPECT_EQ(store.snapshot().verdict(a, b), Verdict::keep_b);
  store.write([&](Writer& writer) { writer.remove_verdict(b, a); });
  EXPECT_EQ(store.snapshot().verdict(a, b), std::nullopt);
}

TEST_F(StoreTest, RootsAndMeta) {
  store.write([](Writer& writer) {
    writer.put_root({"/z", 1, 10});
    writer.put_root({"/a\xff", 2, 20});
    writer.put_root({"/z", 3, 30});
    writer.put_meta("scan length", "120");
    writer.put_meta("format", std::string("\0mine", 5));
  });
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(snapshot.roots(), (std::vector<Root>{{"/a\xff", 2, 20}, {"/z", 3, 30}}));
  EXPECT_EQ(snapshot.meta("scan length"), "120");
  EXPECT_EQ(snapshot.meta("format"), std::string("\0mine", 5)) << "and the store's own entry is another";
  EXPECT_EQ(snapshot.meta("nothing"), std::nullopt);
}

TEST_F(StoreTest, GenerationRisesWithEveryWrite) {
  const auto first = store.snapshot().generation();
  put(1);
  const auto second = store.snapshot().generation();
  EXPECT_GT(second, first);
  EXPECT_THROW(store.write([](Writer&) { throw std::runtime_error("no"); }), std::runtime_error);
  EXPECT_EQ(store.snapshot().generation(), second);
}

TEST_F(StoreTest, ABodyThatThrowsChangesNothing) {
  const TrackId id = put(1);
  const TrackRecord before = *store.snapshot().track(id);
  EXPECT_THROW(store.write([&](Writer& writer) {
    writer.put_track(sample_track(2), make_items(2, 100));
    writer.remove_track(id);
    writer.put_meta("k", "v");
    writer.put_verdict({1, 1}, {2, 2}, Verdict::keep_a);
    throw std::runtime_error("stop");
  }),
               std::runtime_error);
  {
    const Snapshot snapshot = store.snapshot();
    EXPECT_EQ(snapshot.track_count(), 1u);
    EXPECT_EQ(snapshot.track(id), before);
    EXPECT_EQ(snapshot.find_path(before.path), id);
    EXPECT_EQ(snapshot.meta("k"), std::nullopt);
    EXPECT_EQ(snapshot.verdict({1, 1}, {2, 2}), std::nullopt);
  }
  EXPECT_EQ(put(3), 2u) << "an id that was never committed was never handed out";
}

TEST_F(StoreTest, ManyThreadsReadOneSnapshot) {
  store.write([](Writer& writer) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed)
      writer.put_track(sample_track(seed), make_items(seed, 50 + seed));
  });
  const Snapshot snapshot = store.snapshot();
  std::atomic<std::size_t> right{0};
  std::vector<std::thread> threads;
  for (unsigned first = 0; first < 4; ++first)
    threads.emplace_back([&, first] {
      for (TrackId i = 0; i < 200; ++i) {
        const TrackId id = (i * 7 + first * 50) % 200 + 1;
        const auto record = snapshot.track(id);
        right += record && hash_items(snapshot.items(id)) == record->items_hash &&
                 snapshot.find_path(record->path) == id;
      }
      std::size_t count = 0;
      snapshot.for_each_track([&](const TrackRecord&) { ++count; });
      right += count;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 4 * 400u);
}

TEST_F(StoreTest, SnapshotMayOutliveItsStore) {
  const TrackId id = put(1);
  std::optional<Snapshot> snapshot = store.snapshot();
  store = Store::open(temp / "other");
  EXPECT_TRUE(equal(snapshot->items(id), make_items(1, 100)));
  snapshot.reset();
  EXPECT_NO_THROW(Store::open(temp / "library"));
}

}  // namespace
}  // namespace echofold::store_store_test
