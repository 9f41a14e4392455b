// Variants of tracks in the store: they go with their track, and older formats lack them.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "index/base/error.h"
#include "index/store/database_keys.h"
#include "index/store/repair.h"
#include "index/store/store.h"
#include "tests/support/old_library.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_variants_test {
namespace {

SpeedVariants sample(std::uint32_t percent, Item item = 5) {
  return {percent, {{-1, {item, 6}, {3, 9}}, {1, {item}, {4}}}};
}

class StoreVariantsTest : public testing::Test {
 protected:
  void make_library() {
    Store store = Store::open(dir, {std::size_t{1} << 22});
    store.write([](Writer& writer) {
      for (std::uint64_t i = 1; i <= 3; ++i) writer.put_track(test::sample_track(i), test::make_items(i, 60));
      writer.put_variants(1, sample(4));
      writer.put_variants(3, sample(2));
    });
  }
  std::optional<SpeedVariants> read(TrackId id) { return Store::open_to_read(dir).snapshot().variants(id); }
  std::map<TrackId, std::uint32_t> all() {
    std::map<TrackId, std::uint32_t> found;
    Store::open_to_read(dir).snapshot().for_each_with_variants(
        [&](TrackId id, std::uint32_t percent) { found[id] = percent; });
    return found;
  }
  void write(const std::function<void(Writer&)>& body) { Store::open(dir).write(body); }

  test::TempDir temp;
  std::filesystem::path dir = temp / "library";
};

using Percents = std::map<TrackId, std::uint32_t>;

TEST_F(StoreVariantsTest, AreFoundByTheirTrackAndReplaced) {
  make_library();
  EXPECT_EQ(read(1), sample(4));
  EXPECT_EQ(read(2), std::nullopt);
  EXPECT_EQ(all(), (Percents{{1, 4}, {3, 2}}));
  write([](Writer& writer) {
    writer.put_variants(1, sample(2, 77));
    writer.put_variants(2, sample(8));
  });
  EXPECT_EQ(read(1), sample(2, 77)) << "and not those that reach farther";
  EXPECT_EQ(all(), (Percents{{1, 2}, {2, 8}, {3, 2}}));
  EXPECT_NO_THROW(check_library(dir));
  EXPECT_THROW(write([](Writer& writer) { writer.put_variants(9, sample(4)); }), Error);
}

TEST_F(StoreVariantsTest, GoWithTheirTrackOrItsItems) {
  make_library();
  write([](Writer& writer) {
    writer.remove_track(1);
    TrackRecord record = *writer.track(3);
    const TrackId again = writer.put_track(record, test::make_items(3, 60));
    EXPECT_EQ(again, 3u);
  });
  EXPECT_EQ(all(), (Percents{{3, 2}})) << "the same items: the same track";
  write([](Writer& writer) {
    TrackRecord record = *writer.track(3);
    EXPECT_EQ(writer.put_track(record, test::make_items(4, 60)), 4u);
  });
  EXPECT_EQ(all(), Percents{});
  EXPECT_NO_THROW(check_library(dir));
}

TEST_F(StoreVariantsTest, CanAllBeDropped) {
  make_library();
  write([](Writer& writer) { writer.drop_variants(); });
  EXPECT_EQ(all(), Percents{});
  EXPECT_EQ(read(1), std::nullopt);
}

TEST_F(StoreVariantsTest, LibrariesOfOlderFormatsOpenAndGetTheTableFromTheFirstWriter) {
  for (const auto make_old :
       {test::make_format_one, test::make_format_two, test::make_format_three, test::make_format_four}) {
    make_library();
    make_old(dir);
    const std::uint64_t old = test::format_of(dir);
    EXPECT_EQ(read(1), std::nullopt);
    EXPECT_EQ(all(), Percents{});
    EXPECT_NO_THROW(check_library(dir));
    EXPECT_EQ(test::format_of(dir), old) << "readers change nothing";
    write([](Writer& writer) { writer.put_variants(2, sample(4)); });
    EXPECT_EQ(test::format_of(dir), store_format);
    EXPECT_EQ(read(2), sample(4));
    EXPECT_NO_THROW(check_library(dir));
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreVariantsTest, DamagedOnesAreReportedAndNotBelieved) {
  std::string flipped = encode(1, sample(4));
  flipped[20] ^= 1;
  for (const std::string& wrong : {flipped, encode(2, sample(4)), encode(1, sample(2)), std::string()}) {
    make_library();
    test::change_by_lmdb(
        dir, [&](MDB_txn* txn) { test::put_by_lmdb(txn, "variants", VariantsKey(1, 4).view(), wrong); });
    EXPECT_THROW(read(1), Error);
    EXPECT_THROW(check_library(dir), Error);
    EXPECT_FALSE(examine_library(dir).whole());
    repair_library(dir, {});
    EXPECT_EQ(all(), (Percents{{3, 2}})) << "what is whole is kept";
    EXPECT_EQ(read(3), sample(2));
    std::filesystem::remove_all(dir);
  }
}

TEST_F(StoreVariantsTest, OnesWithoutATrackAreDamage) {
  make_library();
  test::change_by_lmdb(dir, [&](MDB_txn* txn) {
    test::put_by_lmdb(txn, "variants", VariantsKey(9, 4).view(), encode(9, sample(4)));
  });
  EXPECT_THROW(check_library(dir), Error);
  repair_library(dir, {});
  EXPECT_EQ(all(), (Percents{{1, 4}, {3, 2}}));
  EXPECT_NO_THROW(check_library(dir));
}

}  // namespace
}  // namespace echofold::store_variants_test
