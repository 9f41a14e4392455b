// See damage.h.
#include "datasets/synth/damage.h"

#include <algorithm>
#include <cmath>

namespace echofold::synth {
namespace {

/// Mean 1 and shape 8: the sum of 8 exponential waits.
double clustered(Random& random) {
  double sum = 0;
  for (int i = 0; i < 8; ++i) sum -= std::log(1 - random.real());
  return sum / 8;
}

}  // namespace

std::vector<Item> with_errors(std::vector<Item> items, double rate, Random& random) {
  for (std::size_t first = 0; first < items.size();) {
    const std::size_t last = std::min(items.size(), first + random.between(8, 32));
    const double here = std::min(0.5, rate * clustered(random));
    // Jumps from error to error: the distances between them are geometric.
    const double per_bit = std::log(1 - here);
    const double bits = static_cast<double>(last - first) * item_bits;
    for (double at = std::log(1 - random.real()) / per_bit; at < bits;
         at += 1 + std::floor(std::log(1 - random.real()) / per_bit)) {
      const auto bit = static_cast<std::size_t>(at);
      items[first + bit / item_bits] ^= Item{1} << bit % item_bits;
    }
    first = last;
  }
  return items;
}

std::vector<Item> shifted(const std::vector<Item>& items, Random& random) {
  std::vector<Item> out = items;
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    const std::uint64_t bits = random(), more = random();
    const auto later = static_cast<Item>(bits & (bits >> 32 | more));  // 1/2 * 3/4 of all bits
    out[i] = (items[i] & ~later) | (items[i + 1] & later);
  }
  return out;
}

std::vector<Item> with_cut(const std::vector<Item>& items) {
  const auto from = static_cast<std::ptrdiff_t>(items.size() / 3);
  const auto to = std::min(from + 150, static_cast<std::ptrdiff_t>(items.size()));
  std::vector<Item> out(items.begin(), items.begin() + from);
  out.insert(out.end(), items.begin() + to, items.end());
  return out;
}

}  // namespace echofold::synth
