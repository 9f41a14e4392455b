// Variants of synthetic tracks.
#pragma once

#include <cmath>
#include <vector>

#include "index/candidates/variant_keys.h"
#include "index/model/speed_variants.h"
#include "tests/support/synthetic.h"

namespace echofold::test {

/// The variants of a copy of `original` that begins at its item `start` and plays `speed` times as fast. A variant that
/// plays nearly as fast as the original has its items, with some errors; the others have nothing of them.
inline std::vector<VariantItems> variant_items_of_copy(const std::vector<Item>& original, double start,
                                                       double speed, int percent) {
  std::vector<VariantItems> variants;
  const int most = percent * variant_steps_a_percent;
  for (int steps = -most; steps <= most; ++steps) {
    if (steps == 0) continue;
    const double left = speed * variant_speed(steps);
    const auto seed = static_cast<std::uint64_t>(steps + 100);
    if (std::abs(left - 1) <= variant_step / 2 + 1e-9)
      variants.push_back({steps, with_bit_errors(at_speed(original, start, left), 0.04, seed)});
    else
      variants.push_back({steps, make_items(original.front() + seed, original.size())});
  }
  return variants;
}

inline SpeedVariants variants_of_copy(const std::vector<Item>& original, double start, double speed,
                                      int percent) {
  return speed_variants(percent, variant_items_of_copy(original, start, speed, percent));
}

}  // namespace echofold::test
