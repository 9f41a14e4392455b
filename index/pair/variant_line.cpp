// Tries all lines near the voted one: a variant has some 200 items, so a hundred lines cost as much as one alignment.
#include "index/pair/variant_line.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace echofold {
namespace {

// As in line.cpp.
constexpr int contrast_nearest = 9;
constexpr int contrast_farthest = 100;
constexpr std::uint64_t min_items = 32;
constexpr std::size_t contrast_percentile = 5;

// The vote is right to two items: those of the whole variant meet in three neighbouring offsets.
constexpr int offset_steps = 4;  // to each side, of half an item
// A quarter of a percent, and a step to spare.
constexpr int slope_steps = 6;  // to each side
constexpr double slope_step = 0.0005;

/// Places have 32 binary digits behind the point, so that all processors round alike.
constexpr double one = 4294967296.0;

struct Errors {
  std::uint64_t items = 0, near = 0, apart = 0;

  double rate(std::uint64_t bits) const noexcept {
    return items < min_items ? 1 : static_cast<double>(bits) / (static_cast<double>(items) * item_bits);
  }
};

/// @param start, slope  the item at position p of the variant lies at start + slope * p
Errors errors_along(Items there, const SpeedVariant& variant, double start, double slope) noexcept {
  const std::int64_t from = std::llround(start * one), step = std::llround(slope * one);
  const std::int64_t end = static_cast<std::int64_t>(there.size()) - 1;
  Errors errors;
  for (std::size_t k = 0; k < variant.items.size(); ++k) {
    const std::int64_t place = from + step * variant.positions[k];
    const std::int64_t before = place >> 32;
    if (before < 0 || before >= end) continue;
    const Item left = there[static_cast<std::size_t>(before)],
               right = there[static_cast<std::size_t>(before) + 1];
    const Item nearer = (place >> 31 & 1) != 0 ? right : left;
    if (nearer == silence_item) continue;
    const Item own = variant.items[k];
    ++errors.items;
    errors.near += static_cast<unsigned>(std::popcount(own ^ nearer));
    errors.apart += static_cast<unsigned>(std::popcount((own ^ left) & (own ^ right)));
  }
  return errors;
}

double contrast_beside(Items there, const SpeedVariant& variant, double start, double slope, double ber) {
  std::vector<double> rates;
  for (int away = contrast_nearest; away <= contrast_farthest; ++away)
    for (const int side : {-1, 1}) {
      const Errors errors = errors_along(there, variant, start + side * away, slope);
      if (errors.items >= min_items) rates.push_back(errors.rate(errors.near));
    }
  if (rates.empty()) return 0;
  const auto rank = static_cast<std::ptrdiff_t>(rates.size() * contrast_percentile / 100);
  std::nth_element(rates.begin(), rates.begin() + rank, rates.end());
  return rates[static_cast<std::size_t>(rank)] - ber;
}

/// An item covers 21 hops; what it stands for is its middle, which moves when a track is resampled.
constexpr double middle_items = item_span_s / item_hop_s / 2;

/// The line of the whole tracks. Position q of the track is position (q + middle) / speed - middle of its variant.
Line line_of(double start, double slope, double speed) noexcept {
  return {start + slope * middle_items * (1 / speed - 1), slope / speed};
}

/// The mean of some lines near the voted one, in steps from it.
struct Steps {
  int slopes = 0, offsets = 0, count = 0;  // sums, and of how many lines

  double slope() const noexcept { return 1 + slope_step * slopes / count; }
  /// Lines turn around the middle of the variant, where the votes are as often early as late.
  double start(const SpeedVariant& variant, std::int32_t offset_items) const noexcept {
    const double middle = variant.positions[variant.positions.size() / 2];
    return offset_items + 0.5 * offsets / count - (slope() - 1) * middle;
  }
};

/// Lines that differ by less than half an item at both ends have nearly the same errors: the one in their middle is
/// meant. No line if none has enough items.
Steps best_steps(Items there, const SpeedVariant& variant, std::int32_t offset_items) {
  constexpr double as_good = 0.004;
  struct Tried {
    Steps steps;
    double ber;
  };
  std::vector<Tried> tried;
  double best_ber = 1;
  for (int slope = -slope_steps; slope <= slope_steps; ++slope)
    for (int offset = -offset_steps; offset <= offset_steps; ++offset) {
      const Steps steps{slope, offset, 1};
      const Errors errors = errors_along(there, variant, steps.start(variant, offset_items), steps.slope());
      tried.push_back({steps, errors.rate(errors.near)});
      best_ber = std::min(best_ber, tried.back().ber);
    }
  Steps mean;
  if (best_ber == 1) return mean;
  for (const Tried& one : tried) {
    if (one.ber > best_ber + as_good) continue;
    mean.slopes += one.steps.slopes;
    mean.offsets += one.steps.offsets;
    ++mean.count;
  }
  return mean;
}

}  // namespace

VariantMatch match_variant(Items there, const SpeedVariant& variant, std::int32_t offset_items) {
  VariantMatch match;
  if (variant.items.empty() || there.size() < 2) return match;
  const Steps steps = best_steps(there, variant, offset_items);
  if (steps.count == 0) return match;
  const double start = steps.start(variant, offset_items), slope = steps.slope();
  const Errors errors = errors_along(there, variant, start, slope);
  match.line = line_of(start, slope, variant_speed(variant.steps));
  match.ber = errors.rate(errors.near);
  match.corrected_ber = errors.rate(errors.apart);
  match.contrast = contrast_beside(there, variant, start, slope, match.ber);
  return match;
}

}  // namespace echofold
