// Queries of the tests for one key or one item, made of CandidateIndex::find.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "index/candidates/candidate_index.h"

namespace echofold::test {

/// One item filed under a key.
struct Posting {
  Key key = 0;
  Item item = 0;
  TrackId track = 0;
  std::uint32_t position = 0;
};

/// (track, position)
using Place = std::pair<TrackId, std::uint32_t>;

/// In the order of the run.
inline std::vector<Place> places_of(const PostingRun& run) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < run.size; ++i)
    places.emplace_back(track_of(run.ids[i]), position_of(run.ids[i]));
  return places;
}

inline void append(std::vector<Posting>& to, Key key, const PostingRun& run) {
  for (std::size_t i = 0; i < run.size; ++i)
    to.push_back({key, run.items[i], track_of(run.ids[i]), position_of(run.ids[i])});
}

inline KeyPostings find_one(const CandidateIndex& index, Key key) {
  KeyPostings found;
  index.find({&key, 1}, {&found, 1});
  return found;
}

/// Every posting whose whole item is within `radius` bits of `item`, among those of the keys within `radius` flips
/// of its key. In order of (track, position).
inline std::vector<Posting> postings_near(const CandidateIndex& index, Item item, int radius) {
  const std::uint32_t mask = index.stamp().keys.mask;
  std::vector<Key> keys;
  for_each_near_key(key_of(item, mask), mask, radius, [&](Key key, int) { keys.push_back(key); });
  std::vector<KeyPostings> found(keys.size());
  index.find(keys, found);
  std::vector<Posting> near;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    append(near, keys[i], found[i].filed);
    append(near, keys[i], found[i].added);
  }
  std::erase_if(near, [&](const Posting& posting) { return std::popcount(posting.item ^ item) > radius; });
  std::sort(near.begin(), near.end(), [](const Posting& a, const Posting& b) {
    return std::tie(a.track, a.position) < std::tie(b.track, b.position);
  });
  return near;
}

}  // namespace echofold::test
