// Which thresholds the labelled pairs speak for, and how far they can be trusted.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/tune/sweep.h"

namespace echofold {

struct Interval {
  double low = 0, high = 1;
  bool operator==(const Interval&) const = default;
};

/// The exact (Clopper-Pearson, 1934) two-sided confidence interval of a probability of which `successes` of
/// `trials` independent trials were seen; by the quantiles of the beta distribution (Boost.Math).
/// @param successes   at most `trials`; of no trial at all the interval is 0 .. 1
/// @param confidence  between 0 and 1
Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, double confidence = 0.95);

/// The fewest trials without any success whose interval ends at `rate` or below.
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
  /// The lowest swept value at which no more than the wanted share of the pairs that are not `same` is moved,
  /// and of edits, versions and different ones by themselves, too: millions of strangers must not pay for
  /// moved edits. Nothing when no value does.
  std::optional<double> lowest;
  /// Whether the whole interval at `lowest` is within the wanted rate.
  bool shown = false;
  /// What to use: `lowest` where it is shown or more careful than the value in use; else the latter, which is
  /// not lowered on evidence too thin, nor changed without a `same` pair, nor where nothing reaches the rate.
  double value = 0;
};

/// @param sweep    of auto_similarity
/// @param current  the value in use; one of the sweep
/// @param rate     the wanted one, between 0 and 1
AutoAdvice advise_auto(const Sweep& sweep, double current, double rate);

/// The review_similarity at which the `same` pairs that are shown, less the others that are shown, are most:
/// it goes down as long as there is more to find than to ask for nothing. Among equals the value in use, else
/// the highest.
/// @param sweep    of review_similarity, with the auto_similarity that will be used
/// @param current  the value in use; one of the sweep
double advise_review(const Sweep& sweep, double current);

}  // namespace echofold
