// Keys: by which bits an item is filed, and which items are filed.
#pragma once

#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

using Key = std::uint32_t;

struct KeySettings {
  std::uint32_t mask = 0xFEFEEAEFu;  ///< the 26 most stable bits
  std::uint32_t sampling = 4;  ///< one key in so many is filed, the same ones in every track; 0 counts as 1
  std::uint32_t max_per_track = 8;  ///< a key that a track has more often says nothing about position
  std::uint32_t min_keys = 48;      ///< each track has at least so many filed items, if it has so many items
  bool operator==(const KeySettings&) const = default;
};

/// Positions of postings have 24 bits: items from this position on (24 days of audio) are not filed.
inline constexpr std::size_t max_filed_position = std::size_t{1} << 24;

constexpr Key key_of(Item item, std::uint32_t mask) noexcept { return item & mask; }

/// A 32-bit finaliser (Wellons' lowbias32): spreads keys evenly; bijective.
constexpr std::uint32_t mix(std::uint32_t x) noexcept {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

/// Is a key with this mix() one of the sample? Needs a division when `sampling` is no power of two.
constexpr bool is_sampled_order(std::uint32_t mixed, std::uint32_t sampling) noexcept {
  return (sampling & (sampling - 1)) == 0 ? (mixed & (sampling - 1)) == 0 : mixed % sampling == 0;
}

/// Is this key one of the sample that is filed?
constexpr bool is_sampled(Key key, std::uint32_t sampling) noexcept {
  return sampling <= 1 || is_sampled_order(mix(key), sampling);
}

struct FiledItem {
  Key key = 0;
  Item item = 0;
  std::uint32_t position = 0;  ///< in the fingerprint
  bool operator==(const FiledItem&) const = default;
};

/// The items that say something about position, in order: no silence, no immediate repetition of a key.
std::vector<FiledItem> telling_items(Items items, std::uint32_t mask);

/// The items of one track to be filed, in order of position: the telling items whose key is sampled and
/// occurs in the track at most max_per_track times.
///
/// If these are fewer than min_keys, further keys are added until there are enough: first unsampled keys by ascending
/// mix(key), each with all its items, then too frequent keys by ascending count and mix(key), each with its first
/// max_per_track items. The choice depends on the keys alone, so it is the same for another copy of the track.
std::vector<FiledItem> filed_items(Items items, const KeySettings& settings);
/// The same; replaces the content of `filed`.
void filed_items(Items items, const KeySettings& settings, std::vector<FiledItem>& filed);

/// Calls `visit(near, flips)` for each key that differs from `key` in at most `radius` of the bits of `mask`,
/// each once, `key` itself first.
template <class Visit>
void for_each_near_key(Key key, std::uint32_t mask, int radius, Visit&& visit, int flips = 0) {
  visit(key, flips);
  if (flips == radius) return;
  // Only bits below the last flipped one are flipped, so each set of flips is reached once.
  for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
    const std::uint32_t bit = rest & (~rest + 1);
    for_each_near_key(key ^ bit, mask & (bit - 1), radius, visit, flips + 1);
  }
}

}  // namespace echofold
