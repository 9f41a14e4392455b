// See similarity_axis.h.
#include "engine/report/similarity_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/report/svg.h"

namespace echofold {
namespace {

/// 0 at the left, for the most errors, to 1.
double place_of(double error) {
  constexpr double least = SimilarityAxis::least_error, most = SimilarityAxis::most_error;
  const double inside = std::clamp(error, least, most);
  return (std::log10(most) - std::log10(inside)) / (std::log10(most) - std::log10(least));
}

}  // namespace

std::size_t SimilarityAxis::bin_of(double error) {
  return std::min(bins - 1, static_cast<std::size_t>(place_of(error) * bins));
}

double SimilarityAxis::x_of(double error) const { return left + place_of(error) * width; }

std::string SimilarityAxis::drawn() const {
  std::string out = svg_line("axis", left, bottom, left + width, bottom);
  constexpr double least_for_all = 600;  // narrower, and two of the marks would touch
  for (const double similarity : {0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999}) {
    if (similarity == 0.8 && width < least_for_all) continue;
    const double x = x_of(1 - similarity);
    out += svg_line("axis", x, bottom, x, bottom + 4) +
           svg_text(x, bottom + 18, "middle", fmt::format("{:g} %", 100 * similarity));
  }
  return out;
}

}  // namespace echofold
