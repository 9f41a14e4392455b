// See statistics.h.
#include "datasets/synth/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <ostream>

#include "index/candidates/keys.h"

namespace echofold::synth {
namespace {

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The share of pairs of items of different tracks that agree: all pairs, minus those within one track.
double collision_chance(const std::vector<std::vector<Item>>& tracks, Item mask) {
  std::vector<std::uint64_t> keys;  // key, track
  double within = 0;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    std::size_t own = 0;
    for (const Item item : tracks[t])
      if (item != silence_item) keys.push_back(std::uint64_t{item & mask} << 32 | t), ++own;
    within += static_cast<double>(own) * static_cast<double>(own);
  }
  std::sort(keys.begin(), keys.end());
  const auto equal_pairs = [&](int shift) {
    double sum = 0;
    for (std::size_t first = 0, last; first < keys.size(); first = last) {
      last = first + 1;
      while (last < keys.size() && keys[last] >> shift == keys[first] >> shift) ++last;
      sum += static_cast<double>(last - first) * static_cast<double>(last - first);
    }
    return sum;
  };
  const auto all = static_cast<double>(keys.size());
  const double pairs = all * all - within;
  return pairs > 0 ? (equal_pairs(32) - equal_pairs(0)) / pairs : 0;
}

/// Counts over all pairs of consecutive items.
struct StepCounts {
  std::uint64_t steps = 0, bits = 0, repeated = 0, still = 0, restless = 0;
  std::array<std::uint64_t, item_bits> flips{};

  void add(Item before, Item now) {
    const int changed = std::popcount(before ^ now);
    ++steps;
    bits += static_cast<std::uint64_t>(changed);
    repeated += changed == 0;
    still += changed <= 1;
    restless += changed >= 12;
    for (std::size_t bit = 0; bit < flips.size(); ++bit) flips[bit] += (before ^ now) >> bit & 1;
  }
};

double decile(std::vector<double> values, std::size_t tenths) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) * tenths / 10];
}

}  // namespace

Statistics measure(const std::vector<std::vector<Item>>& tracks) {
  Statistics s;
  StepCounts counts;
  std::uint64_t silent = 0;
  std::vector<double> movement;
  for (const auto& items : tracks) {
    const std::uint64_t bits = counts.bits, steps = counts.steps;
    s.items += items.size();
    silent += static_cast<std::uint64_t>(std::count(items.begin(), items.end(), silence_item));
    for (std::size_t i = 1; i < items.size(); ++i)
      if (items[i - 1] != silence_item && items[i] != silence_item) counts.add(items[i - 1], items[i]);
    if (counts.steps > steps) movement.push_back(share(counts.bits - bits, counts.steps - steps));
  }
  s.tracks = tracks.size();
  s.silent = share(silent, s.items);
  s.changed_bits = share(counts.bits, counts.steps);
  s.repeated = share(counts.repeated, counts.steps);
  s.still = share(counts.still, counts.steps);
  s.restless = share(counts.restless, counts.steps);
  s.steadiest = share(*std::min_element(counts.flips.begin(), counts.flips.end()), counts.steps);
  s.loosest = share(*std::max_element(counts.flips.begin(), counts.flips.end()), counts.steps);
  s.sparse_track = decile(movement, 1);
  s.busy_track = decile(movement, 9);
  for (std::size_t i = 0; i < Statistics::widths.size(); ++i)
    s.top_bits[i] = collision_chance(tracks, ~Item{0} << (item_bits - Statistics::widths[i]));
  s.stable_26 = collision_chance(tracks, 0xFEFEEAEFu);
  s.stable_28 = collision_chance(tracks, 0xFFFEEBEFu);
  return s;
}

std::vector<std::vector<Item>> without_related(const std::vector<std::vector<Item>>& tracks) {
  constexpr std::size_t most_shared = 20;
  std::vector<std::vector<Item>> kept, keys_of_kept;
  for (const auto& items : tracks) {
    std::vector<Item> keys;
    for (const Item item : items)
      if (item != silence_item) keys.push_back(item >> 4);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    const bool related = std::any_of(keys_of_kept.begin(), keys_of_kept.end(), [&](const auto& others) {
      std::vector<Item> both;
      std::set_intersection(keys.begin(), keys.end(), others.begin(), others.end(), std::back_inserter(both));
      return both.size() > most_shared;
    });
    if (related) continue;
    kept.push_back(items);
    keys_of_kept.push_back(std::move(keys));
  }
  return kept;
}

void print_beside(std::ostream& out, const Statistics& real, const Statistics& synthetic) {
  const auto line = [&](std::string_view name, double a, double b, int digits) {
    out << fmt::format("{:<28} {:>12.{}f} {:>12.{}f} {:>8.2f}\n", name, a, digits, b, digits,
                       a > 0 ? b / a : 0);
  };
  const auto collisions = [&](const std::string& name, double a, double b) {
    line(name, a * 500'000 * 924, b * 500'000 * 924, 1);
  };
  out << fmt::format("{:<28} {:>12} {:>12} {:>8}\n", "", "real", "synthetic", "factor");
  line("tracks", static_cast<double>(real.tracks), static_cast<double>(synthetic.tracks), 0);
  line("items", static_cast<double>(real.items), static_cast<double>(synthetic.items), 0);
  line("silent items", real.silent, synthetic.silent, 4);
  line("changed bits", real.changed_bits, synthetic.changed_bits, 2);
  line("repeated items", real.repeated, synthetic.repeated, 4);
  line("steps of 0 or 1 bit", real.still, synthetic.still, 4);
  line("steps of 12 bits or more", real.restless, synthetic.restless, 4);
  line("flips of the steadiest bit", real.steadiest, synthetic.steadiest, 4);
  line("flips of the loosest bit", real.loosest, synthetic.loosest, 4);
  line("changed bits, sparse track", real.sparse_track, synthetic.sparse_track, 2);
  line("changed bits, busy track", real.busy_track, synthetic.busy_track, 2);
  for (std::size_t i = 0; i < Statistics::widths.size(); ++i)
    collisions(fmt::format("collisions, top {} bits", Statistics::widths[i]), real.top_bits[i],
               synthetic.top_bits[i]);
  collisions("collisions, 26 stable bits", real.stable_26, synthetic.stable_26);
  collisions("collisions, 28 stable bits", real.stable_28, synthetic.stable_28);
}

}  // namespace echofold::synth
