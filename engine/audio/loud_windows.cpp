// Sorts windows by power, and reads percentiles from histograms without sorting.
#include "engine/audio/loud_windows.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace echofold {
namespace {

using Levels = LoudWindows::Levels;

constexpr int lowest_db = Spectrogram::lowest_db, highest_db = Spectrogram::highest_db;
constexpr std::size_t level_count = highest_db - lowest_db + 1;
constexpr std::size_t enough_clean_windows = 32;
constexpr int audible_db = -80;

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
  static const std::vector<double> power_of_level = [] {  // indexed from lowest_db
    std::vector<double> table;
    for (int db = lowest_db; db <= highest_db; ++db) table.push_back(std::pow(10.0, db / 10.0));
    return table;
  }();
  return std::accumulate(levels.begin(), levels.end(), 0.0, [&](double sum, int db) {
    return sum + power_of_level[static_cast<std::size_t>(db - lowest_db)];
  });
}

/// @param fewest  at least so many are taken if there are as many, even if they are more than half
std::vector<Levels> loudest(const Spectrogram& spectrogram, std::size_t fewest) {
  std::vector<std::size_t> audible = audible_windows(spectrogram, true);
  if (audible.size() < enough_clean_windows) audible = audible_windows(spectrogram, false);
  std::vector<std::pair<double, std::size_t>> by_power;
  by_power.reserve(audible.size());
  for (const std::size_t i : audible) by_power.emplace_back(-power(spectrogram.levels(i)), i);
  std::sort(by_power.begin(), by_power.end());
  by_power.resize(std::min(by_power.size(), std::max(fewest, by_power.size() / 2)));
  std::vector<Levels> out;
  out.reserve(by_power.size());
  for (const auto& [minus_power, i] : by_power) out.push_back(spectrogram.levels(i));
  return out;
}

}  // namespace

LoudWindows::LoudWindows(const Spectrogram& spectrogram)
    : band_hz_(spectrogram.band_hz()),
      windows_(loudest(spectrogram, fewest)),
      counts_(spectrogram.bands() * level_count) {
  for (const Levels& window : windows_)
    for (std::size_t band = 0; band < window.size(); ++band)
      ++counts_[band * level_count + static_cast<std::size_t>(window[band] - lowest_db)];
}

std::vector<double> LoudWindows::percentile(double share) const {
  const auto nth = static_cast<std::size_t>(share * static_cast<double>(windows_.size()));
  std::vector<double> out(counts_.size() / level_count);
  for (std::size_t band = 0; band < out.size(); ++band) {
    const std::uint32_t* count = counts_.data() + band * level_count;
    std::size_t below = 0, level = 0;
    while ((below += count[level]) <= nth) ++level;
    out[band] = lowest_db + static_cast<double>(level);
  }
  return out;
}

}  // namespace echofold
