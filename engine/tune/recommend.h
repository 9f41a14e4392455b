// Which thresholds follow from the labelled pairs, and how far they can be trusted.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/tune/sweep.h"

namespace echofold {

struct Interval {
  double low = 0, high = 1;
  bool operator==(const Interval&) const = default;
};

/// The exact (Clopper-Pearson, 1934) two-sided confidence interval of a probability after `successes` in `trials`
/// independent trials, by the quantiles of the beta distribution (Boost.Math).
/// @param successes   at most `trials`; without trials the interval is 0 .. 1
/// @param confidence  between 0 and 1
Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, double confidence = 0.95);

/// The smallest number of trials without a success whose interval ends at `rate` or below.
/// @param rate  between 0 and 1
std::uint64_t trials_to_show(double rate, double confidence = 0.95);

/// False moves: pairs that are not `same` and would be moved.
struct FalseMoves {
  std::uint64_t moves = 0, pairs = 0;  ///< of all pairs that are not `same`
  Interval interval;

  double rate() const noexcept {
    return pairs == 0 ? 0 : static_cast<double>(moves) / static_cast<double>(pairs);
  }
};
FalseMoves false_moves(const SweepRow& row, const LabelCounts& all);

struct AutoAdvice {
  /// The lowest swept value at which at most the wanted share of the pairs that are not `same` is moved. The same must
  /// hold for edits, versions and different pairs by themselves: millions of different pairs must not hide moved edits.
  /// Nothing if no value achieves that.
  std::optional<double> lowest;
  /// True if the whole interval at `lowest` is within the wanted rate.
  bool shown = false;
  /// The value to use: `lowest` if it is shown or more careful than the value in use, else the value in use. That is
  /// not lowered on too little evidence, nor changed without a `same` pair or if no value reaches the rate.
  double value = 0;
};

/// @param sweep    of auto_similarity
/// @param current  the value in use; one of the sweep
/// @param rate     the wanted rate, between 0 and 1
AutoAdvice advise_auto(const Sweep& sweep, double current, double rate);

/// The review_similarity at which the number of `same` pairs shown minus that of other pairs shown is largest: it
/// goes down as long as it finds more copies than it asks needless questions. Among equals the value in use, else the
/// highest.
/// @param sweep    of review_similarity, with the auto_similarity that will be used
/// @param current  the value in use; one of the sweep
double advise_review(const Sweep& sweep, double current);

}  // namespace echofold
