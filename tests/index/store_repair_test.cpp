// Damaged libraries: nothing crashes, nothing wrong is shown, and what is whole is saved.
#include "index/store_repair.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "index/bytes.h"
#include "index/damage_signals.h"
#include "index/error.h"
#include "index/store.h"
#include "index/store_keys.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;
using test::make_items;
using test::sample_track;

constexpr std::size_t page_bytes = 4096;
constexpr int ended_on_damage = 3, showed_something_wrong = 9;

Evidence evidence_of(TrackId a, TrackId b) {
  Evidence evidence;
  evidence.offset_items = static_cast<std::int32_t>(a * 1000 + b);
  evidence.ber = 0.01;
  evidence.strip = {1, 2, static_cast<std::uint8_t>(b)};
  return evidence;
}

/// All that was ever stored under a key: an older state of the file may come back in a repair, but nothing else.
struct Oracle {
  std::map<TrackId, std::set<std::string>> records;
  std::map<TrackId, ItemsHash> items;
  std::set<std::pair<TrackId, TrackId>> pairs;
  std::set<std::tuple<ItemsHash, ItemsHash, Verdict>> verdicts;
  std::set<std::string> roots;
  std::map<LookupKey, StoredLookup> lookups;
  std::size_t tracks_now = 0;

  void note(const Snapshot& snapshot) {
    snapshot.for_each_track([&](const TrackRecord& record) {
      records[record.id].insert(encode(record));
      items[record.id] = hash_items(snapshot.items(record.id));
    });
    snapshot.for_each_pair([&](TrackId a, TrackId b, const Evidence&) { pairs.insert({a, b}); });
    snapshot.for_each_verdict([&](const ItemsHash& a, const ItemsHash& b, Verdict v) {
      verdicts.insert({a, b, v});
    });
    for (const Root& root : snapshot.roots()) roots.insert(encode(root));
    tracks_now = snapshot.track_count();
  }

  /// What a library shows must be what was put there. @return what is not
  std::string find_wrong(const Snapshot& snapshot) const {
    std::string wrong;
    snapshot.for_each_track([&](const TrackRecord& record) {
      const auto known = records.find(record.id);
      if (known == records.end() || !known->second.count(encode(record)))
        wrong = "track " + std::to_string(record.id);
      else if (const Items shown =
                   snapshot.items(record.id);  // none: whoever needs them says that they are lost
               !shown.empty() && hash_items(shown) != items.at(record.id))
        wrong = "items of track " + std::to_string(record.id);
    });
    snapshot.for_each_pair([&](TrackId a, TrackId b, const Evidence& evidence) {
      if (!pairs.count({a, b}) || !(evidence == evidence_of(a, b)))
        wrong = "pair " + std::to_string(a) + ", " + std::to_string(b);
    });
    // A verdict under a hash that no fingerprint has leads to nothing; one about another pair would.
    snapshot.for_each_verdict([&](const ItemsHash& a, const ItemsHash& b, Verdict v) {
      const auto is_known = [&](const ItemsHash& hash) {
        return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.second == hash; });
      };
      if (is_known(a) && is_known(b) && !verdicts.count({a, b, v})) wrong = "a verdict";
    });
    for (const Root& root : snapshot.roots())
      if (!roots.count(encode(root))) wrong = "a root";
    for (const auto& [key, lookup] : lookups)
      if (const auto shown = snapshot.lookup(key); shown && *shown != lookup) wrong = "an answer of a lookup";
    return wrong;
  }
};

/// Runs `work` as the program runs: damage ends it with a code. @return its exit code; 128 + a signal
int in_a_process(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    if (freopen("/dev/null", "w", stderr) == nullptr) _exit(101);
    end_on_damage(ended_on_damage);
    int code = 100;
    try {
      code = work();
    } catch (const Error& e) {
      code = e.fault() == Fault::damaged || e.fault() == Fault::version || e.fault() == Fault::no_database ||
                     e.fault() == Fault::io || e.fault() == Fault::full
                 ? ended_on_damage
                 : 50 + static_cast<int>(e.fault());
    } catch (const std::exception&) {
      code = 99;
    }
    _exit(code);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

class StoreRepairTest : public testing::Test {
 protected:
  /// A library with a past: several commits, tracks that went, records that changed.
  void make_library(std::uint64_t tracks = 60) {
    {
      Store store = Store::open(dir, {std::size_t{1} << 22});
      const auto commit = [&](const std::function<void(Writer&)>& body) {
        store.write(body);
        oracle.note(store.snapshot());
      };
      for (std::uint64_t from = 1; from <= tracks; from += 20)
        commit([&](Writer& writer) {
          for (std::uint64_t seed = from; seed < from + 20 && seed <= tracks; ++seed)
            writer.put_track(sample_track(seed), make_items(seed, seed % 7 == 0 ? 3000 : 40 + seed));
          writer.put_root({"/music/" + std::to_string(from), 7, static_cast<std::int64_t>(from)});
        });
      commit([&](Writer& writer) {
        for (TrackId a = 1; a < 40; ++a) writer.put_pair(a, a + 2, evidence_of(a, a + 2));
        writer.set_paired_through(tracks);
        for (TrackId a = 1; a < 9; ++a)
          writer.put_verdict(oracle.items.at(a), oracle.items.at(a + 1), Verdict::keep_b);
      });
      commit([&](Writer& writer) {
        writer.remove_track(5);
        writer.remove_track(21);
        writer.put_meta("fingerprint.length_s", "0");
        for (std::uint64_t n = 1; n < 30; ++n) {
          const LookupKey key{{n, n * n}, 200 + n};
          oracle.lookups[key] = {static_cast<std::int64_t>(n), std::string(n * 9, 'x')};
          writer.put_lookup(key, oracle.lookups[key]);
        }
      });
      commit([](Writer& writer) {
        TrackRecord record = *writer.track(9);
        record.place = TrackPlace::missing;
        writer.update_track(record);
      });
    }
    whole = read_file(dir / "data.mdb");
  }
  static std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put_file(const std::string& bytes) const {
    std::ofstream(dir / "data.mdb", std::ios::binary | std::ios::trunc) << bytes;
    fs::remove(dir / "lock.mdb");
  }
  /// The offset of a track's items in the file.
  std::size_t place_of_items(TrackId id, std::size_t count) const {
    const auto items = make_items(id, count);
    return whole.find(std::string_view(reinterpret_cast<const char*>(items.data()), items.size() * 4));
  }
  int read_all_in_a_process() const {
    return in_a_process([&] {
      const Store store = Store::open_to_read(dir);
      const Snapshot snapshot = store.snapshot();
      for (const TrackId id : snapshot.representatives()) snapshot.track(id);
      snapshot.find_path("/music/artist/album/3.flac");
      const std::string wrong = oracle.find_wrong(snapshot);
      if (wrong.empty()) return 0;
      std::printf("shown as sound: %s\n", wrong.c_str());
      std::fflush(stdout);
      return showed_something_wrong;
    });
  }
  int write_in_a_process() const {
    return in_a_process([&] {
      Store store = Store::open(dir, {std::size_t{1} << 22});
      store.write([](Writer& writer) {
        writer.put_track(sample_track(900), make_items(900, 948));
        writer.remove_track(3);
        writer.put_pair(10, 11, evidence_of(10, 11));
      });
      store.write([](Writer& writer) { writer.put_track(sample_track(901), make_items(901, 2000)); });
      return 0;
    });
  }

  /// In memory where there is such a folder: thousands of libraries need not reach the disk.
  static fs::path fast_folder() {
    return access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path();
  }

  test::TempDir temp{fast_folder()};
  fs::path dir = temp / "library";
  Oracle oracle;
  std::string whole;
};

/// One of the ways in which a file gets hurt.
std::string damaged(std::string bytes, std::mt19937_64& random) {
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  const std::size_t pages = bytes.size() / page_bytes;
  char* page = bytes.data() + below(pages) * page_bytes;
  switch (below(10)) {
    case 0:
    case 1:
    case 2:  // a few bytes anywhere
      for (std::size_t n = 1 + below(4); n > 0; --n)
        bytes[below(bytes.size())] ^= static_cast<char>(1 + below(255));
      break;
    case 3:
    case 4:  // bits where a page says what it is, or where its entries are
      for (std::size_t n = 1 + below(2); n > 0; --n) page[below(64)] ^= static_cast<char>(1 << below(8));
      break;
    case 5:
      std::memset(page, 0, page_bytes);
      break;
    case 6:
      for (std::size_t i = 0; i < page_bytes; ++i) page[i] = static_cast<char>(random());
      break;
    case 7:  // a write that went to another place
      std::memcpy(page, bytes.data() + below(pages) * page_bytes, page_bytes);
      break;
    case 8:
      bytes.resize(1 + below(bytes.size() - 1));
      break;
    default: {  // zeroed from one place to another
      const std::size_t from = below(bytes.size());
      std::memset(bytes.data() + from, 0, std::min(bytes.size() - from, 1 + below(3 * page_bytes)));
    }
  }
  return bytes;
}

TEST_F(StoreRepairTest, AWholeLibraryIsWholeAndLeftAlone) {
  make_library();
  const LibraryHealth health = examine_library(dir);
  EXPECT_TRUE(health.whole()) << health.damages.front().why;
  EXPECT_EQ(health.tables.front().name, "tracks");
  EXPECT_EQ(health.tables.front().whole, 58u);
  const Repaired repaired = repair_library(dir, "");
  EXPECT_TRUE(repaired.kept_as.empty());
  EXPECT_TRUE(read_file(dir / "data.mdb") == whole);
}

TEST_F(StoreRepairTest, NoLibraryAndAnotherProgramsFileAreRefused) {
  EXPECT_THROW(examine_library(dir), Error);
  fs::create_directories(dir);
  EXPECT_THROW(repair_library(dir, ""), Error);
  put_file(std::string(100'000, 'x'));
  EXPECT_THROW(repair_library(dir, ""), Error);
  EXPECT_TRUE(read_file(dir / "data.mdb") == std::string(100'000, 'x'));
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
  EXPECT_TRUE(read_file(repaired.kept_as) == bytes) << "the damaged file is kept as it was";
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
  EXPECT_EQ(snapshot.paired_through(), 0u) << "pairs went with the track: all are looked for again";
}

TEST_F(StoreRepairTest, KeepsIdAndIdsAndEachDamagedFile) {
  make_library();
  const std::string id = Store::open_to_read(dir).library_id();
  for (int round = 1; round <= 2; ++round) {
    std::string bytes = read_file(dir / "data.mdb");
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
  EXPECT_TRUE(read_file(dir / "data.mdb") == bytes);
}

TEST_F(StoreRepairTest, ARepairThatFailsChangesNothing) {
  make_library();
  std::string bytes = whole;
  bytes[place_of_items(8, 48)] ^= 1;
  put_file(bytes);
  fs::create_directory(dir / "repair");
  fs::create_directories(dir / "repair" / "data.mdb" / "in the way");
  EXPECT_THROW(repair_library(dir, ""), Error);
  EXPECT_TRUE(read_file(dir / "data.mdb") == bytes);
}

// Hundreds of damages, each seen by a reader, a writer, the check and the repair.
TEST_F(StoreRepairTest, AnyDamageIsSurvivedAndNeverShownAsSound) {
  make_library();
  const char* wanted = std::getenv("ECHOFOLD_DAMAGES");
  const long rounds = wanted != nullptr ? std::atol(wanted) : 100;
  std::map<std::string, int> seen;
  const char* only = std::getenv("ECHOFOLD_DAMAGE");
  for (long seed = only != nullptr ? std::atol(only) : 1;
       seed <= (only != nullptr ? std::atol(only) : rounds); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const std::string bytes = damaged(whole, random);
    if (bytes == whole) continue;
    put_file(bytes);

    const int reading = read_all_in_a_process();
    EXPECT_TRUE(reading == 0 || reading == ended_on_damage) << "reading ended with " << reading;
    bool said_whole = false;
    std::size_t saved = 0;
    const int code = in_a_process([&] {
      const bool is_whole = examine_library(dir).whole();
      return is_whole ? 20 : 21;
    });
    EXPECT_TRUE(code == 20 || code == 21 || code == ended_on_damage) << "check ended with " << code;
    said_whole = code == 20;
    if (said_whole) {
      EXPECT_EQ(reading, 0) << "the check missed what a reader ran into";
      const Store store = Store::open_to_read(dir);
      EXPECT_EQ(store.snapshot().track_count(), oracle.tracks_now) << "tracks are missing without a word";
    }
    if (code == 21) {
      try {
        const Repaired repaired = repair_library(dir, "lost");
        saved = repaired.tracks;
        EXPECT_TRUE(read_file(repaired.kept_as) == bytes);
        fs::remove(repaired.kept_as);
        EXPECT_TRUE(examine_library(dir).whole());
        EXPECT_NO_THROW(check_library(dir));
        {
          const Store store = Store::open_to_read(dir);
          EXPECT_EQ(oracle.find_wrong(store.snapshot()), "");
          EXPECT_EQ(store.snapshot().track_count(), saved);
        }
        EXPECT_EQ(write_in_a_process(), 0) << "a repaired library takes new tracks";
      } catch (const Error& e) {
        EXPECT_TRUE(e.fault() == Fault::damaged || e.fault() == Fault::version) << e.what();
      }
    }
    put_file(bytes);
    const int writing = write_in_a_process();
    EXPECT_TRUE(writing == 0 || writing == ended_on_damage) << "writing ended with " << writing;
    ++seen[said_whole ? "in free or unused pages" : saved > 0 ? "saved" : "nothing to save"];
    if (code == 21 && saved > 0) seen["tracks saved"] += static_cast<int>(saved);
  }
  for (const auto& [what, count] : seen) std::printf("%s: %d\n", what.c_str(), count);
  EXPECT_GE(seen["saved"], rounds / 3);
  EXPECT_GE(seen["tracks saved"], static_cast<int>(oracle.tracks_now) * seen["saved"] * 3 / 4);
}

}  // namespace
}  // namespace echofold
