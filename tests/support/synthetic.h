// Fingerprints that behave like music's: slowly changing bits, and copies with known damage. Seeded.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold::test {

/// `count` items; from one to the next each bit flips with probability `change` (music: about 0.2).
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

/// A copy that starts a part of an item later (0 .. 1): each item takes every bit from itself or from the
/// next with that probability, as a shifted analysis window does.
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

}  // namespace echofold::test
