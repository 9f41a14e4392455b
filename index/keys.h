// By which bits an item is filed, and which items are.
#pragma once

#include <cstdint>
#include <vector>

#include "index/fingerprint.h"

namespace echofold {

using Key = std::uint32_t;

struct KeySettings {
  std::uint32_t mask = 0xFEFEEAEFu;  ///< the 26 most stable bits
  std::uint32_t sampling = 4;        ///< one key in so many is filed, the same choice on both sides
  std::uint32_t max_per_track = 8;   ///< a key more often in one track says nothing about position
  std::uint32_t min_keys = 48;       ///< no track is left with fewer: then its rarest stay
  bool operator==(const KeySettings&) const = default;
};

constexpr Key key_of(Item item, std::uint32_t mask) noexcept { return item & mask; }

/// A 32-bit finaliser (Wellons' lowbias32): spreads keys evenly; bijective.
constexpr std::uint32_t mix(std::uint32_t x) noexcept {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

struct FiledItem {
  Key key = 0;
  Item item = 0;
  std::uint32_t position = 0;  ///< in the fingerprint
};

/// The items of one track to be filed, in order of position: sampled by key, no silence, no immediate
/// repetition, no key more than max_per_track times; at least min_keys where the track has that many items.
std::vector<FiledItem> filed_items(Items items, const KeySettings& settings);

}  // namespace echofold
