// One pass counts the bits of each item, a second one goes over the runs.
#include "index/pair/short_runs.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace echofold {
namespace {

/// The number of bits of a pair of items that no shift explains, counted for a and for b, so each bit counts twice.
///
/// A bit of a[i] that differs from b[j] only because the two start at different parts of an item equals that of b's
/// neighbour, and the bit of b[j] equals that of a's neighbour.
int unexplained(Item a, Item b, Item neighbour_of_a, Item neighbour_of_b) noexcept {
  const std::uint64_t seen_from_a = (a ^ b) & (a ^ neighbour_of_b);
  const std::uint64_t seen_from_b = (a ^ b) & (b ^ neighbour_of_a);
  return std::popcount(seen_from_a << item_bits | seen_from_b);
}

struct Counts {
  std::uint32_t informative = 0, bits = 0;
};

/// [k] has the sums over the first k items of the overlap, so that the sum of a run is a difference of two.
std::vector<Counts> running_counts(Items a, Items b, const Overlap& overlap, std::span<const Item> mask_a,
                                   std::span<const Item> mask_b, bool next) {
  std::vector<Counts> sums(overlap.count + 1);
  for (std::size_t k = 0; k < overlap.count; ++k) {
    const std::size_t i = overlap.first_a + k, j = overlap.first_b + k;
    sums[k + 1] = sums[k];
    if ((mask_a[i] & mask_b[j]) == 0 || k == 0 || k + 1 == overlap.count) continue;
    ++sums[k + 1].informative;
    sums[k + 1].bits += static_cast<std::uint32_t>(next ? unexplained(a[i], b[j], a[i + 1], b[j - 1])
                                                        : unexplained(a[i], b[j], a[i - 1], b[j + 1]));
  }
  return sums;
}

}  // namespace

ShortRuns measure_short_runs(Items a, Items b, const Overlap& overlap, std::span<const Item> mask_a,
                             std::span<const Item> mask_b, bool next) {
  ShortRuns runs;
  const std::vector<Counts> sums = running_counts(a, b, overlap, mask_a, mask_b, next);
  const std::size_t length = std::min(short_run_items, overlap.count);
  std::size_t known_until = 0;  // all items before it are counted as known or unknown
  const auto add_unknown = [&](std::size_t to) {
    for (; known_until < to; ++known_until)
      runs.unknown_items += std::popcount(a[overlap.first_a + known_until] ^
                                          b[overlap.first_b + known_until]) > held_alike_bits;
  };
  for (std::size_t k = 0; k + length <= overlap.count; ++k) {
    const std::uint32_t informative = sums[k + length].informative - sums[k].informative;
    if (informative < short_run_informative) continue;
    add_unknown(k);
    known_until = k + length;
    const double ber = (sums[k + length].bits - sums[k].bits) / (2.0 * item_bits * informative);
    if (ber <= runs.worst_ber) continue;
    runs.worst_ber = ber;
    runs.worst_item = static_cast<std::uint32_t>(overlap.first_a + k);
  }
  add_unknown(overlap.count);
  return runs;
}

}  // namespace echofold
