// Two fingerprints of one recording at different speeds: where they lie beside each other, and how alike they are there.
#pragma once

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// b[j] lies beside a[start_items + speed * j]: b plays `speed` times as fast as a.
struct Line {
  double start_items = 0;
  double speed = 1;

  double in_a(double j) const noexcept { return start_items + speed * j; }
  double in_b(double i) const noexcept { return (i - start_items) / speed; }
  /// The same for two tracks that have changed places.
  Line exchanged() const noexcept { return {-start_items / speed, 1 / speed}; }
  bool operator==(const Line&) const = default;
};

struct RefinedLine {
  Line line;
  double ber = 1;  ///< about the corrected BER of the evidence; 1 if too little sound is left
};

/// The line near `line` with the fewest errors. Votes are right to an item and to an eighth of a percent; this is right
/// to a quarter of an item at both ends. It moves each end by some items at most.
/// A line that has little in common with the truth is returned as it is: nothing near it could be better.
RefinedLine refined(Items a, Items b, const Line& line);

/// The evidence along a line. Its numbers mean what they mean in measure(), except that
///
/// - a[i] is compared with the items of b on both sides of the place where it lies, and the other way round. Bits that
///   agree with neither count as `corrected_ber`. `ber` is that of the nearer items;
/// - the offsets of the contrast are parallel lines;
/// - overlap, informative and silent items are those of b;
/// - there are no segments and no short runs: `short_ber` is not_measured.
Evidence measure_along(Items a, Items b, const Line& line);

}  // namespace echofold
