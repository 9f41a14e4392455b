// A real store in a folder of its own, filled with synthetic fingerprints.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/dedupe/list_pairs.h"
#include "engine/dedupe/match.h"
#include "index/store/store.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

inline TrackRecord lossless(std::string path) {
  TrackRecord track;
  track.path = std::move(path);
  track.stamp = {1, 0, 1000, 5000};
  track.properties = {"flac", "flac", true, 900'000, 44'100, 16, 2, 100};
  return track;
}

inline TrackRecord mp3(std::string path, std::uint32_t kbps = 128) {
  TrackRecord track = lossless(std::move(path));
  track.properties = {"mp3", "mp3", false, kbps * 1000, 44'100, 0, 2, 100};
  return track;
}

inline constexpr std::size_t track_items = 600;

class SmallLibrary {
 public:
  /// @return its id
  TrackId add(TrackRecord track, const std::vector<Item>& items) {
    if (track.stamp.inode == 0) track.stamp.inode = ++inode_;
    TrackId id = 0;
    store_.write([&](Writer& writer) { id = writer.put_track(track, items); });
    return id;
  }
  TrackId add(const std::string& path, const std::vector<Item>& items) { return add(mp3(path), items); }

  void change(TrackId id, const std::function<void(TrackRecord&)>& how) {
    TrackRecord track = *store_.snapshot().track(id);
    how(track);
    store_.write([&](Writer& writer) { writer.update_track(track); });
  }
  void remove(TrackId id) {
    store_.write([&](Writer& writer) { writer.remove_track(id); });
  }
  void decide(TrackId a, TrackId b, Verdict verdict) {
    const TrackRecord x = *store_.snapshot().track(a), y = *store_.snapshot().track(b);
    store_.write([&](Writer& writer) { writer.put_verdict(x.items_hash, y.items_hash, verdict); });
  }

  void update() { update_pairs(store_, settings); }

  /// "a|b" of each listed pair, by path.
  std::vector<std::string> pairs(std::size_t max_class = 64) const {
    const Snapshot snapshot = store_.snapshot();
    std::vector<std::string> out;
    for (const ListedPair& pair : list_pairs(snapshot, {}, max_class))
      out.push_back(snapshot.track(pair.a)->path + "|" + snapshot.track(pair.b)->path);
    return out;
  }

  Store& store() { return store_; }
  const TempDir& dir() const { return dir_; }

  MatchSettings settings;

 private:
  TempDir dir_;
  Store store_ = Store::open(dir_ / "db");
  std::uint64_t inode_ = 100;
};

inline std::vector<Item> music(std::uint64_t seed) { return make_items(seed, track_items); }
/// The same music after an encoder.
inline std::vector<Item> copy_of(std::uint64_t seed, std::uint64_t copy = 1) {
  return with_bit_errors(music(seed), 0.005, seed * 1000 + copy);
}

}  // namespace echofold::test
