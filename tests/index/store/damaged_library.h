// A library to be damaged, and all that was ever stored in it: for the tests of damage and repair.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "index/base/error.h"
#include "index/store/damage_signals.h"
#include "index/store/store.h"
#include "tests/support/read_file.h"
#include "tests/support/sample_heard.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

namespace fs = std::filesystem;
inline constexpr std::size_t page_bytes = 4096;
inline constexpr int ended_on_damage = 3, showed_something_wrong = 9;

inline Evidence evidence_of(TrackId a, TrackId b) {
  Evidence evidence;
  evidence.offset_items = static_cast<std::int32_t>(a * 1000 + b);
  evidence.ber = 0.01;
  evidence.strip = {1, 2, static_cast<std::uint8_t>(b)};
  return evidence;
}

/// All that was ever stored under a key: an older state of the file may come back in a repair, but nothing else.
struct Oracle {
  std::map<TrackId, std::set<std::string>> records;
  std::map<TrackId, Hash128> items;
  std::set<std::pair<TrackId, TrackId>> pairs;
  std::set<std::tuple<Hash128, Hash128, Verdict>> verdicts;
  std::set<std::string> roots;
  std::map<LookupKey, StoredLookup> lookups;
  std::map<HeardKey, Heard> heard;
  std::size_t tracks_now = 0;

  void note(const Snapshot& snapshot) {
    snapshot.for_each_track([&](const TrackRecord& record) {
      records[record.id].insert(encode(record));
      items[record.id] = hash_items(snapshot.items(record.id));
    });
    snapshot.for_each_pair([&](TrackId a, TrackId b, const Evidence&) { pairs.insert({a, b}); });
    snapshot.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict v) {
      verdicts.insert({a, b, v});
    });
    for (const Root& root : snapshot.roots()) roots.insert(encode(root));
    tracks_now = snapshot.track_count();
  }

  /// All that a library shows must have been stored in it. @return what was not
  std::string find_wrong(const Snapshot& snapshot) const {
    std::string wrong;
    snapshot.for_each_track([&](const TrackRecord& record) {
      const auto known = records.find(record.id);
      if (known == records.end() || !known->second.count(encode(record)))
        wrong = "track " + std::to_string(record.id);
      else if (const Items shown = snapshot.items(record.id);  // empty: code that needs them reports the loss
               !shown.empty() && hash_items(shown) != items.at(record.id))
        wrong = "items of track " + std::to_string(record.id);
    });
    snapshot.for_each_pair([&](TrackId a, TrackId b, const Evidence& evidence) {
      if (!pairs.count({a, b}) || !(evidence == evidence_of(a, b)))
        wrong = "pair " + std::to_string(a) + ", " + std::to_string(b);
    });
    // A verdict with a hash that no fingerprint has does no harm; one about another pair would.
    snapshot.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict v) {
      const auto is_known = [&](const Hash128& hash) {
        return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.second == hash; });
      };
      if (is_known(a) && is_known(b) && !verdicts.count({a, b, v})) wrong = "a verdict";
    });
    for (const Root& root : snapshot.roots())
      if (!roots.count(encode(root))) wrong = "a root";
    for (const auto& [key, lookup] : lookups)
      if (const auto shown = snapshot.lookup(key); shown && *shown != lookup) wrong = "an answer of a lookup";
    for (const auto& [key, measured] : heard)
      if (const auto shown = snapshot.heard(key); shown && *shown != measured)
        wrong = "what was heard of a pair";
    return wrong;
  }
};

/// Runs `work` in a child that damage ends with a code, as in the program. @return its exit code; 128 + a signal
inline int in_a_process(const std::function<int()>& work) {
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

/// A library with several commits, the bytes of its whole file, and functions to damage and read it.
class DamagedLibrary : public testing::Test {
 protected:
  /// Makes a library with several commits, removed tracks and changed records.
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
          const HeardKey pair{{n, 3}, {n + n % 2, 4}};
          oracle.heard[pair] = sample_heard(n);
          writer.put_heard(pair, oracle.heard[pair]);
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

  /// In memory where there is such a folder: thousands of libraries need not be written to the disk.
  static fs::path fast_folder() {
    return access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path();
  }

  TempDir temp{fast_folder()};
  fs::path dir = temp / "library";
  Oracle oracle;
  std::string whole;
};

}  // namespace echofold::test
