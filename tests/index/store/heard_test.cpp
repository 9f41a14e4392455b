// What was heard of pairs in the store: by payload hashes, missing in older formats, and not lost with the tracks.
#include <gtest/gtest.h>

#include <string>

#include "index/base/bytes.h"
#include "index/base/error.h"
#include "index/store/database_keys.h"
#include "index/store/repair.h"
#include "index/store/store.h"
#include "tests/support/old_library.h"
#include "tests/support/sample_heard.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_heard_test {
namespace {

const HeardKey key{{11, 22}, {33, 44}};
const Heard heard = test::sample_heard(1);

/// A sealed value with fields that this echofold does not know.
std::string value_of_version(std::uint8_t version) {
  ByteWriter to(version);
  to.text("other fields");
  return to.seal();
}

class StoreHeardTest : public testing::Test {
 protected:
  void make_library() {
    Store store = Store::open(dir, {std::size_t{1} << 22});
    store.write([](Writer& writer) {
      writer.put_track(test::sample_track(1), test::make_items(1, 60));
      writer.put_heard(key, heard);
    });
  }
  std::optional<Heard> read(const HeardKey& wanted = key) {
    return Store::open_to_read(dir).snapshot().heard(wanted);
  }
  void put_raw(std::string_view at, std::string_view value) {
    test::change_by_lmdb(dir, [&](MDB_txn* txn) { test::put_by_lmdb(txn, "heard", at, value); });
  }
  void damage_the_track() {
    test::change_by_lmdb(
        dir, [](MDB_txn* txn) { test::put_by_lmdb(txn, "tracks", TrackKey(1).view(), "damaged"); });
  }
  test::TempDir temp;
  std::filesystem::path dir = temp / "library";
};

TEST_F(StoreHeardTest, IsFoundByBothPayloadsAndReplaced) {
  make_library();
  EXPECT_EQ(read(), heard);
  for (const HeardKey& other : {HeardKey{{11, 22}, {33, 45}}, HeardKey{{11, 23}, {33, 44}},
                                HeardKey{key.b, key.a}, HeardKey{key.a, key.a}, HeardKey{}})
    EXPECT_EQ(read(other), std::nullopt);
  Store::open(dir).write([](Writer& writer) {
    writer.put_heard(key, test::sample_heard(2));
    writer.put_heard({key.a, key.a}, test::sample_heard(3));
  });
  EXPECT_EQ(read(), test::sample_heard(2));
  EXPECT_EQ(read({key.a, key.a}), test::sample_heard(3));
  EXPECT_NO_THROW(check_library(dir));
}

TEST_F(StoreHeardTest, OnlyOrderedAndKnownHashesAreTaken) {
  make_library();
  Store store = Store::open(dir);
  for (const HeardKey& wrong : {HeardKey{key.b, key.a}, HeardKey{{}, key.b}, HeardKey{}}) try {
      store.write([&](Writer& writer) { writer.put_heard(wrong, heard); });
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage) << e.what();
    }
}

TEST_F(StoreHeardTest, StaysWhenTheTracksGo) {
  make_library();
  Store::open(dir).write([](Writer& writer) {
    writer.remove_track(1);
    writer.drop_pairs();
  });
  EXPECT_EQ(read(), heard);
  EXPECT_TRUE(examine_library(dir).whole());
}

TEST_F(StoreHeardTest, LibrariesOfOlderFormatsOpenAndGetTheTableFromTheFirstWriter) {
  for (const auto make_old : {test::make_format_one, test::make_format_two, test::make_format_three}) {
    make_library();
    make_old(dir);
    const std::uint64_t old = test::format_of(dir);
    EXPECT_EQ(read(), std::nullopt);
    EXPECT_NO_THROW(check_library(dir));
    EXPECT_TRUE(examine_library(dir).whole());
    EXPECT_EQ(test::format_of(dir), old) << "readers change nothing";
    Store::open(dir).write([](Writer& writer) { writer.put_heard(key, heard); });
    EXPECT_EQ(test::format_of(dir), store_format);
    EXPECT_EQ(read(), heard);
    EXPECT_NO_THROW(check_library(dir));
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreHeardTest, FormatThreeKeepsItsLookups) {
  const LookupKey question{{5, 6}, 200};
  const StoredLookup answer{7, "answer"};
  make_library();
  Store::open(dir).write([&](Writer& writer) { writer.put_lookup(question, answer); });
  test::make_format_three(dir);
  EXPECT_EQ(Store::open_to_read(dir).snapshot().lookup(question), answer);
  Store::open(dir);
  EXPECT_EQ(test::format_of(dir), store_format);
  EXPECT_EQ(Store::open_to_read(dir).snapshot().lookup(question), answer);
}

TEST_F(StoreHeardTest, OneUnderAnotherKeyOrDamagedIsNotBelieved) {
  const std::string value = encode(key, heard);
  std::string flipped = value;
  flipped[40] ^= 1;
  std::string other_version = value;  // without a checksum that fits
  other_version[0] = 1;
  for (const std::string& wrong :
       {encode({key.a, key.a}, heard), flipped, value.substr(0, 20), other_version, std::string()}) {
    make_library();
    put_raw(heard_key(key).view(), wrong);
    EXPECT_THROW(read(), Error);
    EXPECT_THROW(check_library(dir), Error);
    const LibraryHealth health = examine_library(dir);
    ASSERT_EQ(health.damages.size(), 1u);
    EXPECT_EQ(health.damages.front().table, "heard");
    EXPECT_EQ(repair_library(dir, "").tracks, 1u);
    EXPECT_EQ(read(), std::nullopt) << "the pair is listened to again";
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreHeardTest, KeysOfAWrongSizeOrOrderAreDamage) {
  const HeardKey turned{key.b, key.a};
  for (const std::string& wrong :
       {std::string(heard_key(turned).view()), std::string(31, 'k'), std::string(40, 'k')}) {
    make_library();
    put_raw(wrong, encode(turned, heard));
    EXPECT_THROW(check_library(dir), Error);
    EXPECT_FALSE(examine_library(dir).whole());
    repair_library(dir, "");
    EXPECT_TRUE(examine_library(dir).whole());
    EXPECT_EQ(read(), heard) << "the others are saved";
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreHeardTest, ValuesOfOtherVersionsCountAsNotHeardYet) {
  for (const std::uint8_t version : {0, 1, 2, 4, 255}) {
    make_library();
    put_raw(heard_key(key).view(), value_of_version(version));
    EXPECT_EQ(read(), std::nullopt);
    EXPECT_NO_THROW(check_library(dir));
    EXPECT_TRUE(examine_library(dir).whole());
    Store::open(dir).write([](Writer& writer) { writer.put_heard(key, heard); });
    EXPECT_EQ(read(), heard);
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreHeardTest, ARepairKeepsThemAlsoThoseOfOtherVersions) {
  make_library();
  const HeardKey newer{{11, 22}, {33, 45}};
  put_raw(heard_key(newer).view(), value_of_version(4));
  damage_the_track();
  EXPECT_EQ(repair_library(dir, "").tracks, 0u);
  EXPECT_EQ(read(), heard);
  bool still_there = false;
  test::change_by_lmdb(dir, [&](MDB_txn* txn) {
    MDB_dbi database = 0;
    test::require_lmdb(mdb_dbi_open(txn, "heard", 0, &database));
    const auto newer_key = heard_key(newer);
    MDB_val name = lmdb::to_value(newer_key.view()), value{};
    still_there = mdb_get(txn, database, &name, &value) == 0 && lmdb::to_view(value) == value_of_version(4);
  });
  EXPECT_TRUE(still_there);
}

}  // namespace
}  // namespace echofold::store_heard_test
