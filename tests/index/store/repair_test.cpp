// Damaged libraries: what is damaged is reported, and what is whole is saved.
#include "index/store/repair.h"

#include <cstring>

#include "index/base/bytes.h"
#include "index/store/database_keys.h"
#include "index/store/page_file.h"
#include "tests/index/store/damaged_library.h"
#include "tests/support/read_file.h"

namespace echofold::store_repair_test {
namespace {

namespace fs = std::filesystem;
using test::in_a_process;
using test::make_items;
using test::sample_track;

class StoreRepairTest : public test::DamagedLibrary {};

TEST_F(StoreRepairTest, AWholeLibraryIsWholeAndLeftAlone) {
  make_library();
  const LibraryHealth health = examine_library(dir);
  EXPECT_TRUE(health.whole()) << health.damages.front().why;
  EXPECT_EQ(health.tables.front().name, "tracks");
  EXPECT_EQ(health.tables.front().whole, 58u);
  const Repaired repaired = repair_library(dir, "");
  EXPECT_TRUE(repaired.kept_as.empty());
  EXPECT_TRUE(test::read_file(dir / "data.mdb") == whole);
}

TEST_F(StoreRepairTest, NoLibraryAndAnotherProgramsFileAreRefused) {
  EXPECT_THROW(examine_library(dir), Error);
  fs::create_directories(dir);
  EXPECT_THROW(repair_library(dir, ""), Error);
  put_file(std::string(100'000, 'x'));
  EXPECT_THROW(repair_library(dir, ""), Error);
  EXPECT_TRUE(test::read_file(dir / "data.mdb") == std::string(100'000, 'x'));
}

TEST_F(StoreRepairTest, AnotherRunsLibraryIsNotExamined) {
  make_library();
  const Store store = Store::open(dir, {std::size_t{1} << 22});
  const int code = in_a_process([&] {
    examine_library(dir);
    return 0;
  });
  EXPECT_EQ(code, 50 + static_cast<int>(Fault::locked));
}

TEST_F(StoreRepairTest, NamesTheTrackWhoseFingerprintIsHurtAndSavesAllOthers) {
  make_library();
  std::string bytes = whole;
  const std::size_t at = place_of_items(8, 48);
  ASSERT_NE(at, std::string::npos);
  bytes[at + 20] ^= 4;
  put_file(bytes);
  const LibraryHealth health = examine_library(dir);
  ASSERT_FALSE(health.whole());
  bool named = false;
  for (const Damage& damage : health.damages)
    named = named ||
            (damage.table == "tracks" && damage.track == 8 && damage.path == "/music/artist/album/8.flac" &&
             damage.why == "track 8 has lost its fingerprint");
  EXPECT_TRUE(named);

  const Repaired repaired = repair_library(dir, "");
  EXPECT_EQ(repaired.tracks, 57u);
  EXPECT_EQ(repaired.verdicts, 8u);
  EXPECT_TRUE(test::read_file(repaired.kept_as) == bytes) << "the damaged file is kept as it was";
  EXPECT_FALSE(fs::exists(dir / "repair"));
  EXPECT_TRUE(examine_library(dir).whole());
  const Store store = Store::open_to_read(dir);
  const Snapshot snapshot = store.snapshot();
  EXPECT_EQ(oracle.find_wrong(snapshot), "");
  EXPECT_FALSE(snapshot.track(8));
  EXPECT_EQ(snapshot.track(9)->place, TrackPlace::missing);
  EXPECT_EQ(snapshot.find_path("/music/artist/album/9.flac"), 9u);
  EXPECT_EQ(snapshot.meta("fingerprint.length_s"), "0");
  EXPECT_EQ(snapshot.roots().size(), 3u);
  for (const auto& [key, lookup] : oracle.lookups) EXPECT_EQ(snapshot.lookup(key), lookup);
  for (const auto& [key, heard] : oracle.heard) EXPECT_EQ(snapshot.heard(key), heard);
  EXPECT_EQ(snapshot.paired_through(), 0u) << "pairs went with the track: all are looked for again";
}

TEST_F(StoreRepairTest, KeepsIdAndIdsAndEachDamagedFile) {
  make_library();
  const std::string id = Store::open_to_read(dir).library_id();
  for (int round = 1; round <= 2; ++round) {
    std::string bytes = test::read_file(dir / "data.mdb");
    const auto items =
        make_items(static_cast<std::uint64_t>(10 + round), static_cast<std::size_t>(50 + round));
    const std::size_t at = bytes.find(std::string_view(reinterpret_cast<const char*>(items.data()), 80));
    bytes[at] ^= 1;
    put_file(bytes);
    EXPECT_EQ(repair_library(dir, "").kept_as, dir / ("data.damaged-" + std::to_string(round) + ".mdb"));
  }
  Store store = Store::open(dir);
  EXPECT_EQ(store.library_id(), id);
  store.write([](Writer& writer) { EXPECT_EQ(writer.put_track(sample_track(99), make_items(99, 50)), 61u); });
}

TEST_F(StoreRepairTest, ALostIdIsTakenFromTheCaller) {
  make_library();
  std::string bytes = whole;
  const std::string id = Store::open_to_read(dir).library_id();
  for (std::size_t at = bytes.find(id); at != std::string::npos; at = bytes.find(id, at + 1)) bytes[at] ^= 1;
  put_file(bytes);
  EXPECT_EQ(repair_library(dir, "from a journal").tracks, 58u);
  EXPECT_EQ(Store::open_to_read(dir).library_id(), "from a journal");
}

// Found by fuzzing: no bytes were copied from where there are none (UBSan).
TEST_F(StoreRepairTest, AnEntryOfTheFreeListThatHoldsNothingIsNamed) {
  make_library();
  std::vector<PageValue> values;
  std::size_t page_bytes = 0;
  {
    const PageFile file(dir / "data.mdb");
    page_bytes = file.page_bytes();
    PageFile::Marks marks(file.page_count());
    file.walk(file.metas().front().free_list, PageFile::KeyOrder::numbers, marks,
              [&](std::string_view, const PageValue& value) { values.push_back(value); });
  }
  ASSERT_FALSE(values.empty());
  std::string bytes = whole;
  // A node of LMDB: 4 bytes of size, 4 of flags and key length, the key (8 here), the value.
  std::memset(&bytes.at(values.front().page * page_bytes + values.front().offset - 16), 0, 4);
  put_file(bytes);
  const LibraryHealth health = examine_library(dir);
  EXPECT_NE(health.damages.front().why.find("the list of free pages: an entry makes no sense"),
            std::string::npos)
      << health.damages.front().why;
  EXPECT_EQ(repair_library(dir, "").tracks, 58u);
  EXPECT_TRUE(examine_library(dir).whole());
}

TEST_F(StoreRepairTest, WhatANewerEchofoldWroteIsNotTakenForDamage) {
  make_library();
  std::string bytes = whole;
  TrackRecord record = sample_track(2);
  record.id = 2;
  const auto items = make_items(2, 42);
  record.item_count = 42;
  record.items_hash = hash_items(items);
  const std::string old = encode(record);
  const std::size_t at = bytes.find(old);
  ASSERT_NE(at, std::string::npos);
  ByteWriter to(77);
  for (const char byte : old.substr(1, old.size() - 9)) to.number(byte);
  const std::string newer = to.seal();
  for (std::size_t place = at; place != std::string::npos; place = bytes.find(old, place + 1))
    bytes.replace(place, newer.size(), newer);
  put_file(bytes);
  try {
    repair_library(dir, "");
    ADD_FAILURE() << "a newer library was repaired";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::version) << e.what();
  }
  EXPECT_TRUE(test::read_file(dir / "data.mdb") == bytes);
}

TEST_F(StoreRepairTest, ARepairThatFailsChangesNothing) {
  make_library();
  std::string bytes = whole;
  bytes[place_of_items(8, 48)] ^= 1;
  put_file(bytes);
  fs::create_directory(dir / "repair");
  fs::create_directories(dir / "repair" / "data.mdb" / "in the way");
  EXPECT_THROW(repair_library(dir, ""), Error);
  EXPECT_TRUE(test::read_file(dir / "data.mdb") == bytes);
}

}  // namespace
}  // namespace echofold::store_repair_test
