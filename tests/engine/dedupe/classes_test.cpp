// Wrong tables of classes stop a plan; they never decide one.
#include "engine/dedupe/classes.h"

#include <gtest/gtest.h>

#include <functional>

#include "engine/dedupe/plan.h"
#include "engine/dedupe/query.h"
#include "index/base/error.h"
#include "index/store/database_keys.h"
#include "tests/engine/dedupe/small_library.h"
#include "tests/support/old_library.h"

namespace echofold::dedupe_classes_test {
namespace {

using namespace test;

class WrongClassesTest : public testing::Test {
 protected:
  WrongClassesTest() {
    Store store = Store::open(db);
    store.write([&](Writer& writer) {
      first = writer.put_track(mp3("/m/a"), music(1));
      second = writer.put_track(mp3("/m/b"), music(2));
      writer.put_track(mp3("/m/c"), copy_of(2));
    });
    update_pairs(store, {});
  }

  /// Puts `id` into the class of music(1).
  void file_falsely(TrackId id) {
    const Hash128 hash = hash_items(music(1));
    change_by_lmdb(
        db, [&](MDB_txn* txn) { put_by_lmdb(txn, "classes", ClassKey(hash.high, hash.low, id).view(), {}); });
  }
  static void expect_damaged(const std::function<void()>& work) {
    try {
      work();
      ADD_FAILURE() << "went on";
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::damaged) << error.what();
    }
  }
  void expect_no_plan() {
    const Store store = Store::open_to_read(db);
    expect_damaged([&] { list_pairs(store.snapshot(), {}); });
    expect_damaged([&] { make_plan(store.snapshot(), store.library_id(), {}); });
    expect_damaged([&] { query(store, copy_of(1), {}); });
  }

  TempDir dir;
  std::filesystem::path db = dir / "db";
  TrackId first = 0, second = 0;
};

TEST_F(WrongClassesTest, ATrackOfAnotherFingerprintStopsThePlan) {
  {
    const Store store = Store::open_to_read(db);
    EXPECT_EQ(make_plan(store.snapshot(), store.library_id(), {}).groups.size(), 1u);
  }
  file_falsely(second);
  expect_no_plan();
}

TEST_F(WrongClassesTest, SoDoesOneWhoseFileIsAway) {
  {
    Store store = Store::open(db);
    TrackRecord track = *store.snapshot().track(second);
    track.place = TrackPlace::missing;
    store.write([&](Writer& writer) { writer.update_track(track); });
  }
  file_falsely(second);
  expect_no_plan();
}

TEST_F(WrongClassesTest, AndOneThatIsNotThere) {
  file_falsely(77);
  expect_no_plan();
}

TEST(OldLibrary, IsPlannedAndQueriedAsItWas) {
  SmallLibrary library;
  for (const char* path : {"/m/a1", "/m/a2"}) library.add(path, music(1));
  library.add(lossless("/m/b.flac"), copy_of(1));
  library.add("/m/other", music(2));
  library.update();
  const std::vector<std::string> pairs = library.pairs();
  EXPECT_EQ(pairs.size(), 3u);
  { const Store closed = std::move(library.store()); }
  make_format_one(library.dir() / "db");
  const auto drops = [](const Store& store) {
    const Plan plan = make_plan(store.snapshot(), store.library_id(), {});
    return plan.groups.size() == 1 ? plan.groups[0].drops.size() : 0;
  };
  {
    const Store store = Store::open_to_read(library.dir() / "db");
    EXPECT_EQ(list_pairs(store.snapshot(), {}).size(), 3u);
    EXPECT_EQ(drops(store), 2u);
    EXPECT_EQ(query(store, music(1), {}).size(), 3u);
  }
  EXPECT_EQ(format_of(library.dir() / "db"), 1u) << "readers change nothing";
  library.store() = Store::open(library.dir() / "db");
  library.update();
  EXPECT_EQ(library.pairs(), pairs);
  EXPECT_EQ(drops(library.store()), 2u);
  EXPECT_EQ(query(library.store(), music(1), {}).size(), 3u);
  library.remove(1);
  library.update();
  EXPECT_EQ(library.pairs(), std::vector<std::string>{"/m/a2|/m/b.flac"});
}

}  // namespace
}  // namespace echofold::dedupe_classes_test
