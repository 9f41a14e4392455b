// Takes levels over time, band by band, then searches from the top of the spectrum downwards.
#include "engine/audio/cutoff.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace echofold {
namespace {

using Levels = LoudWindows::Levels;

constexpr double stands_out_db = 6;
constexpr double inaudible_db = -105;           // below 16-bit rounding: images and noise of a resampler
constexpr std::size_t below_nyquist_bands = 2;  // no converter passes them
constexpr std::size_t most_edge_bands = 6, least_edge_bands = 3;

double mean(const std::vector<double>& values, std::size_t from, std::size_t end) {
  if (end <= from) return 0;
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(from);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(end - from), 0.0) /
         static_cast<double>(end - from);
}

/// The highest band that stands out from the mean of all bands above it; 0 if none does.
std::size_t highest_band(const std::vector<double>& high, std::size_t end) {
  double sum = std::max(high[end - 1], inaudible_db);
  std::size_t band = end - 1;
  while (band > 0) {
    --band;
    if (high[band] > sum / static_cast<double>(end - 1 - band) + stands_out_db) return band;
    sum += std::max(high[band], inaudible_db);
  }
  return 0;
}

/// Music fades out towards high frequencies. An encoder drops single whole bands of a window, next to ones that it
/// keeps.
bool has_cliff(Levels levels, std::size_t from, std::size_t end, double floor_db) {
  constexpr double full_db = 15, empty_db = 4;
  for (std::size_t band = from; band < end; ++band) {
    if (levels[band] >= floor_db + full_db && levels[band + 2] <= floor_db + empty_db &&
        levels[band + 3] <= floor_db + empty_db)
      return true;
  }
  return false;
}

}  // namespace

Cutoff find_cutoff(const LoudWindows& windows) {
  if (!windows.enough()) return {};
  const std::vector<double> high = windows.percentile(0.9), middle = windows.percentile(0.5);
  const std::size_t end = high.size() - below_nyquist_bands;
  const std::size_t band = highest_band(high, end);
  Cutoff cutoff;
  cutoff.windows = static_cast<std::uint32_t>(windows.all().size());
  if (band < most_edge_bands) return cutoff;
  cutoff.hz = static_cast<double>(band + 1) * windows.band_hz();
  const auto below = high.begin() + static_cast<std::ptrdiff_t>(band);
  cutoff.edge_db = *std::min_element(below - most_edge_bands, below - least_edge_bands + 1) -
                   std::max(mean(high, band + 1, end), inaudible_db);
  // The band next to the cutoff is part of its slope; it is used only if there is no other.
  const std::size_t floor_from = std::min(band + 2, end - 1);
  cutoff.floor_db = mean(middle, floor_from, end);
  cutoff.floor_spread_db = mean(high, floor_from, end) - cutoff.floor_db;
  const auto from = static_cast<std::size_t>(8000 / windows.band_hz());
  const auto cliffs = std::count_if(windows.all().begin(), windows.all().end(), [&](Levels levels) {
    return has_cliff(levels, from, band - 4, cutoff.floor_db);
  });
  cutoff.cliff_share = static_cast<double>(cliffs) / static_cast<double>(windows.all().size());
  return cutoff;
}

}  // namespace echofold
