// Where two fingerprints differ over time, for drawing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"
#include "index/pair/line.h"

namespace echofold {

/// Bit error rates in columns of equal length, from the first moment that one of the two tracks has to the last one.
struct ErrorStrip {
  static constexpr double not_compared = -1;  ///< only one track has sound here, or neither

  double begin_s = 0, end_s = 0;  ///< in a's time; begin_s is below 0 if b begins earlier
  std::vector<double> columns;    ///< 0 .. 1, or not_compared; empty if a track has no fingerprint

  double column_s() const noexcept {
    return columns.empty() ? 0 : (end_s - begin_s) / static_cast<double>(columns.size());
  }
  /// The column that has this moment of a; the nearest one if none has.
  std::size_t column_at(double a_s) const noexcept;
  /// Where a column begins, in a's time.
  double start_of(std::size_t column) const noexcept {
    return begin_s + column_s() * static_cast<double>(column);
  }
  /// The mean of the compared columns; not_compared if there are none.
  double mean() const noexcept;
};

/// Each column is the rate of the bits of a that agree with neither of the two items of b beside it: what is left is
/// other sound, and not the phase. A column sums over a second at least, so that single items do not make it jump.
/// Items that are silent in both tracks are left out.
/// @param line     where b lies beside a
/// @param columns  at most so many
ErrorStrip error_strip(Items a, Items b, const Line& line, std::size_t columns);

}  // namespace echofold
