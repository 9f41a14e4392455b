// What each value of a threshold would do to the labelled pairs.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/tune/measure.h"

namespace echofold {

/// How many pairs of each label.
class LabelCounts {
 public:
  std::uint64_t& operator[](Label label) noexcept { return counts_[static_cast<std::size_t>(label)]; }
  std::uint64_t operator[](Label label) const noexcept { return counts_[static_cast<std::size_t>(label)]; }
  std::uint64_t same() const noexcept { return (*this)[Label::same]; }
  std::uint64_t not_same() const
      noexcept;  ///< edits, versions and different ones; no similarity can recognise an altered pair or a remaster
  bool operator==(const LabelCounts&) const = default;

 private:
  std::array<std::uint64_t, all_labels.size()> counts_{};
};

struct SweepRow {
  double value = 0;   ///< of the threshold
  LabelCounts moved;  ///< in the band `auto`; those that are not `same` are false moves
  LabelCounts shown;  ///< in `auto` or `review`
  bool operator==(const SweepRow&) const = default;
};

struct Sweep {
  LabelCounts all;             ///< every pair, including those that were no candidates
  std::vector<SweepRow> rows;  ///< by ascending value, each once

  const SweepRow& at(double value) const;  ///< @throws std::out_of_range for a value that was not swept
};

/// The share of the `same` pairs that are found, and the share of `same` among the pairs found; 0 .. 1. Of no pairs
/// at all the recall is 0 and the precision 1: no answer is not a wrong answer.
double recall(const LabelCounts& found, const LabelCounts& all) noexcept;
double precision(const LabelCounts& found) noexcept;

/// auto_similarity from .900 to .999 in steps of .001, and the value in `base`. If it falls below
/// base.review_similarity, that goes down with it.
Sweep sweep_auto(const Measurements& measured, const Thresholds& base);

/// review_similarity from .850 to base.auto_similarity in steps of .001, and the value in `base`.
Sweep sweep_review(const Measurements& measured, const Thresholds& base);

}  // namespace echofold
