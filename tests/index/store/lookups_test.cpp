// Answers of lookups in the store: filed by fingerprint and duration, and missing in libraries of older formats.
#include <gtest/gtest.h>

#include "index/base/error.h"
#include "index/store/database_keys.h"
#include "index/store/repair.h"
#include "index/store/store.h"
#include "tests/support/old_library.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_lookups_test {
namespace {

const LookupKey key{{11, 22}, 213};
const StoredLookup lookup{1'790'000'000, R"({"results":[]})"};

class StoreLookupsTest : public testing::Test {
 protected:
  void make_library() {
    Store store = Store::open(dir, {std::size_t{1} << 22});
    store.write([](Writer& writer) {
      writer.put_track(test::sample_track(1), test::make_items(1, 60));
      writer.put_lookup(key, lookup);
    });
  }
  std::optional<StoredLookup> read(const LookupKey& wanted) {
    return Store::open_to_read(dir).snapshot().lookup(wanted);
  }
  test::TempDir temp;
  std::filesystem::path dir = temp / "library";
};

TEST_F(StoreLookupsTest, AreFoundByFingerprintAndDurationAndReplaced) {
  make_library();
  EXPECT_EQ(read(key), lookup);
  EXPECT_EQ(read({{11, 22}, 214}), std::nullopt);
  EXPECT_EQ(read({{11, 23}, 213}), std::nullopt);
  const StoredLookup newer{-5, std::string(200'000, '\0')};
  Store::open(dir).write([&](Writer& writer) { writer.put_lookup(key, newer); });
  EXPECT_EQ(read(key), newer);
  EXPECT_NO_THROW(check_library(dir));
}

TEST_F(StoreLookupsTest, LibrariesOfOlderFormatsOpenAndGetTheTableFromTheFirstWriter) {
  for (const auto make_old : {test::make_format_one, test::make_format_two}) {
    make_library();
    make_old(dir);
    EXPECT_EQ(read(key), std::nullopt);
    EXPECT_EQ(Store::open_to_read(dir).snapshot().tracks_with(hash_items(test::make_items(1, 60))).size(),
              1u);
    EXPECT_NO_THROW(check_library(dir));
    EXPECT_TRUE(examine_library(dir).whole());
    Store::open(dir).write([](Writer& writer) { writer.put_lookup(key, lookup); });
    EXPECT_EQ(test::format_of(dir), store_format);
    EXPECT_EQ(read(key), lookup);
    EXPECT_NO_THROW(check_library(dir));
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreLookupsTest, OneThatStandsUnderAnotherKeyOrIsDamagedIsNotBelieved) {
  const std::string value = encode(key, lookup);
  std::string flipped = value;
  flipped[30] ^= 1;
  for (const std::string& wrong : {encode({{11, 22}, 214}, lookup), flipped, value.substr(0, 20)}) {
    make_library();
    test::change_by_lmdb(
        dir, [&](MDB_txn* txn) { test::put_by_lmdb(txn, "lookups", lookup_key(key).view(), wrong); });
    EXPECT_THROW(read(key), Error);
    EXPECT_THROW(check_library(dir), Error);
    const LibraryHealth health = examine_library(dir);
    ASSERT_EQ(health.damages.size(), 1u);
    EXPECT_EQ(health.damages.front().table, "lookups");
    EXPECT_EQ(repair_library(dir, "").tracks, 1u);
    EXPECT_EQ(read(key), std::nullopt) << "it is asked for again";
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreLookupsTest, ARepairKeepsThem) {
  make_library();
  test::change_by_lmdb(dir,
                       [](MDB_txn* txn) { test::put_by_lmdb(txn, "tracks", TrackKey(1).view(), "damaged"); });
  EXPECT_EQ(repair_library(dir, "").tracks, 0u);
  EXPECT_EQ(read(key), lookup);
}

}  // namespace
}  // namespace echofold::store_lookups_test
