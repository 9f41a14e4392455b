// Levels over time, band by band, then from the top of the spectrum downwards.
#include "engine/audio/cutoff.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace echofold {
namespace {

using Levels = std::span<const std::int16_t>;

constexpr int lowest_db = Spectrogram::lowest_db, highest_db = Spectrogram::highest_db;
constexpr std::size_t fewest_windows = 16;
constexpr std::size_t enough_clean_windows = 32;
constexpr int audible_db = -80;
constexpr double stands_out_db = 6;
constexpr double inaudible_db = -105;  // below the rounding of 16 bits: the images of a resampler, its noise
constexpr std::size_t below_nyquist_bands = 2;  // no converter reaches them
constexpr std::size_t most_edge_bands = 6, least_edge_bands = 3;

std::vector<std::size_t> audible_windows(const Spectrogram& spectrogram, bool clean_only) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < spectrogram.windows(); ++i) {
    const Levels levels = spectrogram.levels(i);
    if ((!clean_only || spectrogram.clean(i)) && *std::max_element(levels.begin(), levels.end()) > audible_db)
      out.push_back(i);
  }
  return out;
}

double power(Levels levels) {
  static const std::vector<double> of_db = [] {  // of lowest_db and up
    std::vector<double> table;
    for (int db = lowest_db; db <= highest_db; ++db) table.push_back(std::pow(10.0, db / 10.0));
    return table;
  }();
  return std::accumulate(levels.begin(), levels.end(), 0.0, [&](double sum, int db) {
    return sum + of_db[static_cast<std::size_t>(db - lowest_db)];
  });
}

std::vector<Levels> loud_windows(const Spectrogram& spectrogram) {
  std::vector<std::size_t> audible = audible_windows(spectrogram, true);
  if (audible.size() < enough_clean_windows) audible = audible_windows(spectrogram, false);
  std::vector<std::pair<double, std::size_t>> by_power;
  by_power.reserve(audible.size());
  for (const std::size_t i : audible) by_power.emplace_back(-power(spectrogram.levels(i)), i);
  std::sort(by_power.begin(), by_power.end());
  by_power.resize(std::min(by_power.size(), std::max(fewest_windows, by_power.size() / 2)));
  std::vector<Levels> out;
  out.reserve(by_power.size());
  for (const auto& [minus_power, i] : by_power) out.push_back(spectrogram.levels(i));
  return out;
}

/// How often each level comes in each band: percentiles are read off it without sorting.
class Histograms {
 public:
  explicit Histograms(const std::vector<Levels>& windows)
      : windows_(windows.size()), bands_(windows[0].size()), counts_(bands_ * levels) {
    for (const Levels& window : windows)
      for (std::size_t band = 0; band < bands_; ++band)
        ++counts_[band * levels + static_cast<std::size_t>(window[band] - lowest_db)];
  }

  /// The level of each band that `share` of the windows stay below.
  std::vector<double> percentile(double share) const {
    const auto nth = static_cast<std::size_t>(share * static_cast<double>(windows_));
    std::vector<double> out(bands_);
    for (std::size_t band = 0; band < bands_; ++band) {
      const std::uint32_t* count = counts_.data() + band * levels;
      std::size_t below = 0, level = 0;
      while ((below += count[level]) <= nth) ++level;
      out[band] = lowest_db + static_cast<double>(level);
    }
    return out;
  }

 private:
  static constexpr std::size_t levels = highest_db - lowest_db + 1;

  std::size_t windows_, bands_;
  std::vector<std::uint32_t> counts_;
};

double mean(const std::vector<double>& values, std::size_t from, std::size_t end) {
  if (end <= from) return 0;
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(from);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(end - from), 0.0) /
         static_cast<double>(end - from);
}

/// The highest band that stands out of the mean of all above it; 0 when none does.
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

/// Music fades out towards high frequencies; an encoder drops whole bands of one moment, beside ones it
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

Cutoff find_cutoff(const Spectrogram& spectrogram) {
  const std::vector<Levels> windows = loud_windows(spectrogram);
  if (windows.size() < fewest_windows) return {};
  const Histograms histograms(windows);
  const std::vector<double> high = histograms.percentile(0.9), middle = histograms.percentile(0.5);
  const std::size_t end = high.size() - below_nyquist_bands;
  const std::size_t band = highest_band(high, end);
  Cutoff cutoff;
  cutoff.windows = static_cast<std::uint32_t>(windows.size());
  if (band < most_edge_bands) return cutoff;
  cutoff.hz = static_cast<double>(band + 1) * spectrogram.band_hz();
  const auto below = high.begin() + static_cast<std::ptrdiff_t>(band);
  cutoff.edge_db = *std::min_element(below - most_edge_bands, below - least_edge_bands + 1) -
                   std::max(mean(high, band + 1, end), inaudible_db);
  // The band next to the cut-off belongs to its slope, unless it is all there is.
  const std::size_t floor_from = std::min(band + 2, end - 1);
  cutoff.floor_db = mean(middle, floor_from, end);
  cutoff.floor_spread_db = mean(high, floor_from, end) - cutoff.floor_db;
  const auto from = static_cast<std::size_t>(8000 / spectrogram.band_hz());
  const auto cliffs = std::count_if(windows.begin(), windows.end(), [&](Levels levels) {
    return has_cliff(levels, from, band - 4, cutoff.floor_db);
  });
  cutoff.cliff_share = static_cast<double>(cliffs) / static_cast<double>(windows.size());
  return cutoff;
}

}  // namespace echofold
