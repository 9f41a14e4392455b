// Fingerprints that behave like those of music: slowly changing bits, and copies with known damage. Seeded.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold::test {

/// `count` items; between neighbours each bit flips with probability `change` (music: about 0.2).
inline std::vector<Item> make_items(std::uint64_t seed, std::size_t count, double change = 0.2) {
  std::mt19937_64 random(seed);
  std::bernoulli_distribution flips(change);
  std::vector<Item> items(count);
  Item item = static_cast<Item>(random());
  for (Item& out : items) {
    for (int bit = 0; bit < item_bits; ++bit)
      if (flips(random)) item ^= Item{1} << bit;
    out = item;
  }
  return items;
}

/// A copy with each bit wrong with probability `rate`.
inline std::vector<Item> with_bit_errors(std::vector<Item> items, double rate, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::bernoulli_distribution flips(rate);
  for (Item& item : items)
    for (int bit = 0; bit < item_bits; ++bit)
      if (flips(random)) item ^= Item{1} << bit;
  return items;
}

/// A copy shifted by a part of an item (0 .. 1): each bit is taken from the item itself or, with that probability,
/// from the next item, as with a shifted analysis window.
inline std::vector<Item> shifted_by_part(const std::vector<Item>& items, double part, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::bernoulli_distribution later(part);
  std::vector<Item> out(items.size() > 0 ? items.size() - 1 : 0);
  for (std::size_t i = 0; i < out.size(); ++i)
    for (int bit = 0; bit < item_bits; ++bit) {
      const Item mask = Item{1} << bit;
      out[i] |= (later(random) ? items[i + 1] : items[i]) & mask;
    }
  return out;
}

/// What a copy would have that begins at items[start] and plays `speed` times as fast, if speed changed no bit.
inline std::vector<Item> at_speed(const std::vector<Item>& items, double start, double speed) {
  std::vector<Item> out;
  for (std::size_t j = 0;; ++j) {
    const auto place = static_cast<std::size_t>(std::lround(start + speed * static_cast<double>(j)));
    if (place >= items.size()) return out;
    out.push_back(items[place]);
  }
}

}  // namespace echofold::test
