// By which bits an item is filed, and which items are.
#pragma once

#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

using Key = std::uint32_t;

struct KeySettings {
  std::uint32_t mask = 0xFEFEEAEFu;  ///< the 26 most stable bits
  std::uint32_t sampling =
      4;  ///< one key in so many is filed, the same choice on both sides; 0 is taken as 1
  std::uint32_t max_per_track = 8;  ///< a key more often in one track says nothing about position
  std::uint32_t min_keys = 48;      ///< no track is left with fewer filed items, if it has them
  bool operator==(const KeySettings&) const = default;
};

/// Positions of postings have 24 bits: items from here on (24 days of audio) are not filed.
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

/// Is the key whose mix() this is one of the sample? A division where `sampling` is no power of two.
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

/// The items that can tell a position, in order: no silence, no immediate repetition of a key.
std::vector<FiledItem> telling_items(Items items, std::uint32_t mask);

/// The items of one track to be filed, in order of position: the telling items whose key is sampled and
/// stands in the track at most max_per_track times.
///
/// Where that leaves fewer than min_keys, further keys are added whole until there are enough: first
/// unsampled keys by ascending mix(key), then, with their first max_per_track items, too frequent keys by
/// ascending count and mix(key). Nothing but the keys decides, so another copy of the track makes the
/// same choice.
std::vector<FiledItem> filed_items(Items items, const KeySettings& settings);
/// The same in the place of what `filed` held.
void filed_items(Items items, const KeySettings& settings, std::vector<FiledItem>& filed);

/// Calls `visit(near, flips)` for each key that differs from `key` in at most `radius` of the bits of `mask`,
/// each once, `key` itself first.
template <class Visit>
void for_each_near_key(Key key, std::uint32_t mask, int radius, Visit&& visit, int flips = 0) {
  visit(key, flips);
  if (flips == radius) return;
  // Flipping in descending order of bits only reaches each set of flips once.
  for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
    const std::uint32_t bit = rest & (~rest + 1);
    for_each_near_key(key ^ bit, mask & (bit - 1), radius, visit, flips + 1);
  }
}

}  // namespace echofold
