// Compares two curves kHz by kHz. docs/QUALITY.md ("What is asked, not moved") has the experiment behind the
// thresholds.
#include "engine/dedupe/missing_band.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace echofold {
namespace {

using Curve = std::span<const std::uint8_t>;

constexpr std::size_t fewest_khz = 2;
constexpr std::size_t heard_khz = 18;  // Opus folds noise into what lies above
constexpr double apart_db = 12;
constexpr double faintest_db = -65;   // below the loudest part
constexpr double rounding_db = -100;  // of 16 bits: less than that is practically nothing

constexpr std::size_t gain_khz = 4;  // every encoder preserves what lies below
constexpr double loud_db = -40;      // below the loudest part

double loudest_db(Curve curve) { return level_db(*std::ranges::min_element(curve)); }

/// How much louder b is than a.
double gain_db(Curve a, Curve b) {
  const double top_a = loudest_db(a), top_b = loudest_db(b);
  std::vector<double> gains;
  for (std::size_t khz = 0; khz < std::min({gain_khz, a.size(), b.size()}); ++khz)
    if (level_db(a[khz]) > top_a + loud_db && level_db(b[khz]) > top_b + loud_db)
      gains.push_back(level_db(b[khz]) - level_db(a[khz]));
  if (gains.empty()) return top_b - top_a;
  std::ranges::sort(gains);
  return gains[gains.size() / 2];
}

}  // namespace

std::optional<FrequencyBand> missing_band(const TrackRecord& cut, const TrackRecord& whole) {
  const Curve less = cut.quality.spectrum_curve, more = whole.quality.spectrum_curve;
  if (less.empty() || more.empty()) return std::nullopt;
  const double gain = gain_db(less, more), faintest = loudest_db(more) + faintest_db;
  const auto is_missing = [&](std::size_t khz) {
    const double of_cut = khz < less.size() ? std::max(level_db(less[khz]), rounding_db) : rounding_db;
    const double of_whole = level_db(more[khz]);
    return of_whole > faintest && of_whole - of_cut - gain >= apart_db;
  };
  std::size_t widest = 0, end_of_widest = 0;
  for (std::size_t khz = 0, width = 0; khz < std::min(more.size(), heard_khz); ++khz) {
    width = is_missing(khz) ? width + 1 : 0;
    if (width > widest) {
      widest = width;
      end_of_widest = khz + 1;
    }
  }
  if (widest < fewest_khz) return std::nullopt;
  const auto hz = [](std::size_t khz) { return static_cast<std::uint32_t>(khz * 1000); };
  return FrequencyBand{hz(end_of_widest - widest), hz(end_of_widest)};
}

}  // namespace echofold
