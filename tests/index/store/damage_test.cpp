// Libraries that are not there, no libraries, of another format, damaged, or on a full disk.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "index/base/error.h"
#include "index/store/database_keys.h"
#include "index/store/lmdb.h"
#include "index/store/preflight.h"
#include "index/store/repair.h"
#include "index/store/store.h"
#include "index/store/view.h"
#include "tests/support/read_file.h"
#include "tests/support/sample_heard.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_damage_test {
namespace {

using test::make_items;
using test::sample_track;

class StoreDamageTest : public testing::Test {
 protected:
  void make_library(std::uint64_t tracks = 50) {
    Store store = Store::open(dir, {std::size_t{1} << 22});
    store.write([&](Writer& writer) {
      for (std::uint64_t seed = 1; seed <= tracks; ++seed)
        writer.put_track(sample_track(seed), make_items(seed, 948));
    });
  }
  void write_file(const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories(dir);
    std::ofstream(dir / name, std::ios::binary) << bytes;
  }
  void expect(const std::function<void()>& work, Fault fault, const std::string& text) const {
    try {
      work();
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), fault) << e.what();
      EXPECT_NE(std::string(e.what()).find(text), std::string::npos) << e.what();
      EXPECT_NE(std::string(e.what()).find(dir.string()), std::string::npos) << e.what();
    }
  }
  void expect_both(Fault fault, const std::string& text) const {
    expect([&] { Store::open_to_read(dir); }, fault, text);
    expect([&] { Store::open(dir); }, fault, text);
  }
  /// Puts a value without the store.
  void put_raw(const char* database, std::string_view key, std::string_view value) {
    MDB_env* env = nullptr;
    ASSERT_EQ(mdb_env_create(&env), 0);
    const lmdb::Env owner(env);
    ASSERT_EQ(mdb_env_set_maxdbs(env, 16), 0);
    ASSERT_EQ(mdb_env_open(env, dir.c_str(), 0, 0600), 0);
    MDB_txn* txn = nullptr;
    MDB_dbi dbi = 0;
    ASSERT_EQ(mdb_txn_begin(env, nullptr, 0, &txn), 0);
    ASSERT_EQ(mdb_dbi_open(txn, database, MDB_CREATE, &dbi), 0);
    MDB_val k = lmdb::to_value(key), v = lmdb::to_value(value);
    ASSERT_EQ(mdb_put(txn, dbi, &k, &v, 0), 0);
    ASSERT_EQ(mdb_txn_commit(txn), 0);
  }

  test::TempDir temp;
  std::filesystem::path dir = temp / "library";
};

TEST_F(StoreDamageTest, NothingThere) {
  expect([&] { Store::open_to_read(dir); }, Fault::no_database, "echofold scan");
  EXPECT_FALSE(std::filesystem::exists(dir)) << "reading creates nothing";
  std::filesystem::create_directories(dir);
  expect([&] { Store::open_to_read(dir); }, Fault::no_database, "echofold scan");
  EXPECT_TRUE(std::filesystem::is_empty(dir));
  EXPECT_EQ(Store::open(dir).snapshot().track_count(), 0u);
}

TEST_F(StoreDamageTest, FoldersAreMadeAndOtherFilesLeftAlone) {
  dir = temp / "a" / "b" / "c";
  EXPECT_NO_THROW(Store::open(dir));
  dir = temp / "file";
  std::ofstream(dir) << "not a folder";
  expect([&] { Store::open(dir); }, Fault::missing, "");
  EXPECT_EQ(std::filesystem::file_size(dir), 12u);
}

TEST_F(StoreDamageTest, AnEmptyDataFileIsNoLibraryYet) {
  write_file("data.mdb", "");
  expect([&] { Store::open_to_read(dir); }, Fault::no_database, "echofold scan");
  EXPECT_NO_THROW(Store::open(dir));
}

TEST_F(StoreDamageTest, GarbageInPlaceOfTheDataFile) {
  for (const std::size_t size : {1u, 151u, 152u, 4096u, 100'000u}) {
    write_file("data.mdb", std::string(size, '\x5a'));
    expect_both(Fault::damaged, "data.mdb is damaged");
    EXPECT_EQ(test::read_file(dir / "data.mdb"), std::string(size, '\x5a')) << "it is left as it was";
  }
  std::filesystem::remove(dir / "data.mdb");
  std::filesystem::create_directory(dir / "data.mdb");
  expect_both(Fault::damaged, "data.mdb");
}

TEST_F(StoreDamageTest, TruncatedAnywhere) {
  make_library();
  const std::string whole = test::read_file(dir / "data.mdb");
  for (std::size_t size = 1; size < whole.size(); size += size < 9000 ? 1111 : 19'997) {
    write_file("data.mdb", whole.substr(0, size));
    expect_both(Fault::damaged, "data.mdb");
  }
  write_file("data.mdb", whole);
  EXPECT_EQ(Store::open(dir).snapshot().track_count(), 50u);
}

// After a run that was killed right after a commit, the file may count pages behind its end that hold nothing.
TEST_F(StoreDamageTest, AShortFileThatLacksNothingIsGood) {
  make_library(3);
  {
    Store store = Store::open(dir, {std::size_t{1} << 22});
    for (const char* again : {"1", "2", "3", "4"})  // until LMDB has pages to use again
      store.write([&](Writer& writer) { writer.put_meta("again", again); });
    store.write([](Writer& writer) {
      writer.put_meta("touch", "the pages that a commit changes come before the large ones");
      writer.put_track(sample_track(4), make_items(4, 10));
      writer.remove_track(writer.put_track(sample_track(9), make_items(9, 20'000)));
    });
  }
  const std::string whole = test::read_file(dir / "data.mdb");
  const std::size_t used = whole.find_last_not_of('\0') + 1;
  ASSERT_LT(used + 40'000, whole.size()) << "the freed pages were never written";
  write_file("data.mdb", whole.substr(0, (used + 4095) / 4096 * 4096));
  EXPECT_EQ(Store::open_to_read(dir).snapshot().track_count(), 4u);
  Store store = Store::open(dir);
  EXPECT_EQ(store.snapshot().track_count(), 4u);
  store.write([](Writer& writer) { writer.put_track(sample_track(6), make_items(6, 30'000)); });
  EXPECT_EQ(store.snapshot().items(6).size(), 30'000u);
}

TEST_F(StoreDamageTest, AHeaderThatMakesNoSense) {
  make_library(1);
  const std::string whole = test::read_file(dir / "data.mdb");
  for (const std::size_t at : {10u, 16u, 20u, 38u, 40u, 41u, 4096u + 16u}) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x48);
    write_file("data.mdb", bytes);
    expect_both(Fault::damaged, "data.mdb");
  }
}

TEST_F(StoreDamageTest, AnotherFormatIsRefused) {
  make_library();
  put_raw("meta", "format", encode_number(7));
  expect_both(Fault::version, "was written by format 7, this echofold knows 5");
}

TEST_F(StoreDamageTest, AnotherProgramsLmdbFileIsRefusedAndLeftAlone) {
  std::filesystem::create_directories(dir);
  put_raw("theirs", "key", "value");
  expect_both(Fault::damaged, "not a library of echofold");
  put_raw("meta", "key", "value");
  expect_both(Fault::damaged, "format is gone");
}

TEST_F(StoreDamageTest, ChangedItemsAreFoundWhenRead) {
  make_library();
  std::string bytes = test::read_file(dir / "data.mdb");
  const auto items = make_items(7, 948);
  const std::string_view needle(reinterpret_cast<const char*>(items.data()), items.size() * 4);
  const std::size_t at = bytes.find(needle);
  ASSERT_NE(at, std::string::npos);
  bytes[at + 1000] = static_cast<char>(bytes[at + 1000] ^ 1);
  write_file("data.mdb", bytes);
  {
    const Store store = Store::open_to_read(dir);
    const Snapshot snapshot = store.snapshot();
    EXPECT_EQ(snapshot.items(6).size(), 948u);
    expect([&] { snapshot.items(7); }, Fault::damaged, "track 7");
  }
  expect([&] { check_library(dir); }, Fault::damaged, "track 7");
}

TEST_F(StoreDamageTest, RecordsOfAnotherTrackOrVersionAreFound) {
  make_library();
  TrackRecord record = sample_track(1);
  record.id = 1;
  std::string other = encode(record);
  put_raw("tracks", std::string_view("\0\0\0\0\0\0\0\x05", 8), other);
  other[0] = 9;
  put_raw("tracks", std::string_view("\0\0\0\0\0\0\0\x06", 8), other);
  const Store store = Store::open_to_read(dir);
  const Snapshot snapshot = store.snapshot();
  expect([&] { snapshot.track(5); }, Fault::damaged, "track 5");
  expect([&] { snapshot.track(6); }, Fault::version, "version 9");
  expect([&] { snapshot.for_each_track([](const TrackRecord&) {}); }, Fault::damaged, "track 5");
}

TEST_F(StoreDamageTest, CheckReadsAllOfASoundLibraryAndSurvivesABrokenTree) {
  expect([&] { check_library(dir); }, Fault::no_database, "echofold scan");
  make_library();
  EXPECT_NO_THROW(check_library(dir));
  const std::string whole = test::read_file(dir / "data.mdb");
  int found = 0;
  for (std::size_t page = 2; page * 4096 < whole.size(); page += 3) {
    std::string bytes = whole;
    std::memset(bytes.data() + page * 4096, 0x7f, std::min<std::size_t>(4096, bytes.size() - page * 4096));
    write_file("data.mdb", bytes);
    try {
      check_library(dir);  // a free page may hold anything
    } catch (const Error& e) {
      ++found;
      EXPECT_EQ(e.fault() == Fault::damaged || e.fault() == Fault::version, true) << e.what();
    }
  }
  EXPECT_GE(found, 10);
}

// Reading through LMDB and salvaging without it check entries by the same functions.
TEST_F(StoreDamageTest, BothWaysOfReadingFindTheSameDamage) {
  struct Case {
    const char* database;
    std::string key, value, why;
  };
  const HeardKey turned_key{{2, 1}, {1, 2}};
  const std::vector<Case> cases = {
      {"roots", std::string(16, 'k'), encode(Root{"/music", 1, 2}), "it stands under another name"},
      {"verdicts", std::string(8, 'k'), encode_number(0), "the database verdicts has a key of a wrong size"},
      {"paths", std::string(16, 'k'), encode_number(1).substr(0, 16), "an entry of the path table"},
      {"partners", std::string(16, 'k'), "", "is lost"},
      {"heard", std::string(heard_key(turned_key).view()), encode(turned_key, test::sample_heard(1)),
       "not in ascending order"},
      {"meta", "unknown", encode_number(0), "an entry has a name that does not exist"},
  };
  for (const Case& damage : cases) {
    SCOPED_TRACE(damage.database);
    dir = temp / damage.database;
    make_library(2);
    put_raw(damage.database, damage.key, damage.value);
    expect([&] { check_library(dir); }, Fault::damaged, damage.why);
    const LibraryHealth health = examine_library(dir);
    ASSERT_EQ(health.damages.size(), 1u);
    EXPECT_EQ(health.damages[0].table, damage.database);
    EXPECT_NE(health.damages[0].why.find(damage.why), std::string::npos) << health.damages[0].why;
  }
}

// In a child whose files may not grow past `limit_bytes`, writing fails as on a full disk.
int run_with_file_limit(std::size_t limit_bytes, const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{limit_bytes, limit_bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(100);
    _exit(work());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 200;
}

TEST_F(StoreDamageTest, AFullDiskIsToldAndLosesNothing) {
  make_library(20);
  for (const std::size_t limit : {300'000u, 301'000u, 400'001u}) {
    const int result = run_with_file_limit(limit, [&] {
      Store store = Store::open(dir, {std::size_t{1} << 22});
      try {
        store.write([](Writer& writer) {
          for (std::uint64_t seed = 100; seed < 300; ++seed)
            writer.put_track(sample_track(seed), make_items(seed, 948));
        });
        return 1;
      } catch (const Error& e) {
        if (e.fault() != Fault::full) return 2;
        if (std::string(e.what()).find(dir.string()) == std::string::npos) return 3;
      }
      if (store.snapshot().track_count() != 20) return 4;
      store.write([](Writer& writer) { writer.put_meta("small", "still fits"); });
      return 0;
    });
    EXPECT_EQ(result, 0) << limit;
  }
  Store store = Store::open(dir);
  EXPECT_EQ(store.snapshot().track_count(), 20u);
  EXPECT_EQ(store.snapshot().meta("small"), "still fits");
  store.write([](Writer& writer) { writer.put_track(sample_track(21), make_items(21, 948)); });
  EXPECT_EQ(hash_items(store.snapshot().items(21)), hash_items(make_items(21, 948)));
}

TEST_F(StoreDamageTest, AFirstRunThatFailsLeavesNoDamagedLibrary) {
  const int result = run_with_file_limit(6000, [&] {
    try {
      Store::open(dir);
      return 1;
    } catch (const Error& e) {
      return std::filesystem::exists(dir / "data.mdb") ? 2 : 0;
    }
  });
  EXPECT_EQ(result, 0);
  EXPECT_EQ(Store::open(dir).snapshot().track_count(), 0u);
}

TEST_F(StoreDamageTest, AFirstRunThatIsKilledLeavesNoDamagedLibrary) {
  // The state after a kill between LMDB's own first write and the first commit.
  std::filesystem::create_directories(dir);
  MDB_env* env = nullptr;
  ASSERT_EQ(mdb_env_create(&env), 0);
  ASSERT_EQ(mdb_env_open(env, dir.c_str(), 0, 0600), 0);
  mdb_env_close(env);
  ASSERT_GT(std::filesystem::file_size(dir / "data.mdb"), 0u);
  expect([&] { examine_library(dir); }, Fault::no_database, "there is no library in");
  expect([&] { repair_library(dir, ""); }, Fault::no_database, "there is no library in");
  expect([&] { Store::open_to_read(dir); }, Fault::no_database, "there is no library in");
  EXPECT_EQ(Store::open(dir).snapshot().track_count(), 0u);
  EXPECT_TRUE(examine_library(dir).whole());
}

TEST_F(StoreDamageTest, NetworkFileSystemsAreKnown) {
  for (const unsigned long type :
       {0x6969ul, 0x517Bul, 0xFF534D42ul, 0xFE534D42ul, 0x73757245ul, 0x5346414Ful})
    EXPECT_TRUE(is_network_file_system(type));
  EXPECT_TRUE(is_network_file_system(0xFFFFFFFFFF534D42ul)) << "statfs gives a signed number";
  for (const unsigned long type : {0xEF53ul, 0x9123683Eul, 0x01021994ul, 0x65735546ul, 0x58465342ul})
    EXPECT_FALSE(is_network_file_system(type));
}

TEST_F(StoreDamageTest, AFolderWithoutPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may read everything";
  make_library(1);
  std::filesystem::permissions(dir, std::filesystem::perms::none);
  expect_both(Fault::permission, "");
  std::filesystem::permissions(dir, std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace echofold::store_damage_test
