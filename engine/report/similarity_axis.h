// The horizontal axis of histograms of similarity: each bin is a twentieth of a power of ten of the error, so that each
// halving of the error has the same width.
#pragma once

#include <cstddef>
#include <string>

namespace echofold {

struct SimilarityAxis {
  static constexpr double least_error = 0.001, most_error = 0.5;
  static constexpr std::size_t bins = 54;

  double left = 0, width = 0, bottom = 0;  ///< of the plot, in SVG units

  static std::size_t bin_of(double error);
  double x_of(double error) const;
  constexpr double bin_width() const noexcept { return width / bins; }
  /// The line with its marks from 50 % to 99.9 %.
  std::string drawn() const;
};

}  // namespace echofold
