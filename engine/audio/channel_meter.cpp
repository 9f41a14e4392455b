// Levels of the loudest windows, and a list of pairs that shrinks.
#include "engine/audio/channel_meter.h"

#include <algorithm>
#include <cmath>

namespace echofold {
namespace {

constexpr double far_below = 1e-5;  // 50 dB: hum and hiss of an unused channel

// For lossy channels:
constexpr double audible_from = 1e-6;      // -60 dB
constexpr double narrow_from = 3.2e-6;     // -55 dB relative to the common part
constexpr double wide_from = 0.1;          // -10 dB: more than any codec adds, except in single windows
constexpr std::uint32_t wide_enough = 10;  // in windows: 1.3 s

void note_difference(ChannelMeter::Difference& difference, double apart, double common,
                     double noise) noexcept {
  if (apart <= noise) return;
  difference.narrow += apart > narrow_from * common ? 1 : 0;
  difference.wide += apart > wide_from * common ? 1 : 0;
}

bool is_difference(const ChannelMeter::Difference& difference, std::uint32_t windows) noexcept {
  return difference.wide >= wide_enough || 2 * std::uint64_t{difference.narrow} >= windows;
}

}  // namespace

ChannelMeter::ChannelMeter(std::size_t channels, double noise, Coding coding)
    : noise_(noise), coding_(coding) {
  if (channels == 0 || channels > most_channels) return;
  channels_ = channels;
  levels_.resize(channels);
  for (std::size_t a = 0; a < channels; a += 2) {
    pairs_.push_back({.a = a, .b = std::min(a + 1, channels - 1), .measures_level = true});
    for (std::size_t one : {a, a + 1})
      for (std::size_t b = a + 2; b < channels && one < channels; ++b) pairs_.push_back({.a = one, .b = b});
  }
}

void ChannelMeter::close_window(std::size_t samples) {
  if (samples == 0) return;
  ++windows_;
  const double scale = 1 / static_cast<double>(samples);
  for (Pair& pair : pairs_) {
    if (coding_ == Coding::lossy)
      compare_lossy(pair, scale);
    else
      compare_exact(pair, scale);
    if (pair.measures_level) {
      note(levels_[pair.a], pair.window.a * scale);
      if (pair.b != pair.a) note(levels_[pair.b], pair.window.b * scale);
    }
  }
  if (channels_ == 2) {
    mean_power_ += pairs_[0].window.mean * scale;
    half_difference_power_ += pairs_[0].window.half_difference * scale;
  }
  for (Pair& pair : pairs_) {
    pair.window = {};
    pair.band = {};
  }
  std::erase_if(pairs_, [&](const Pair& pair) { return !pair.measures_level && !may_repeat(pair); });
}

void ChannelMeter::compare_exact(Pair& pair, double scale) const noexcept {
  pair.same = pair.same && pair.window.half_difference * scale <= noise_;
  pair.opposite = pair.opposite && pair.window.mean * scale <= noise_;
}

/// Sets `same` and `opposite` as for exact channels: they decide if nothing is audible in the band.
void ChannelMeter::compare_lossy(Pair& pair, double scale) const noexcept {
  compare_exact(pair, scale);
  if (is_within_noise(pair, scale))
    pair.band = {.mean = pair.window.mean * scale, .half_difference = pair.window.half_difference * scale};
  const double mean = pair.band.mean, half_difference = pair.band.half_difference;
  if (std::max(mean, half_difference) < audible_from) return;
  ++pair.sounding_windows;
  note_difference(pair.from_same, half_difference, mean, noise_);
  note_difference(pair.from_opposite, mean, half_difference, noise_);
}

bool ChannelMeter::is_same(const Pair& pair) const noexcept {
  if (pair.same || pair.sounding_windows == 0) return pair.same;
  return !is_difference(pair.from_same, pair.sounding_windows);
}

bool ChannelMeter::is_opposite(const Pair& pair) const noexcept {
  if (pair.opposite || pair.sounding_windows == 0) return pair.opposite;
  return !is_difference(pair.from_opposite, pair.sounding_windows);
}

/// A difference that is wide enough is final.
bool ChannelMeter::may_repeat(const Pair& pair) const noexcept {
  if (coding_ == Coding::exact) return pair.same || pair.opposite;
  return pair.from_same.wide < wide_enough || pair.from_opposite.wide < wide_enough;
}

bool ChannelMeter::may_need_bands() const noexcept {
  return coding_ == Coding::lossy &&
         std::ranges::any_of(pairs_, [&](const Pair& pair) { return pair.a != pair.b && may_repeat(pair); });
}

bool ChannelMeter::needs_band(const Pair& pair, std::size_t samples) const noexcept {
  return coding_ == Coding::lossy && pair.a != pair.b && may_repeat(pair) &&
         !is_within_noise(pair, 1 / static_cast<double>(samples));
}

/// Tests the whole spectrum: if true, there is nothing left to find in the band.
bool ChannelMeter::is_within_noise(const Pair& pair, double scale) const noexcept {
  return std::min(pair.window.half_difference, pair.window.mean) * scale <= noise_;
}

void ChannelMeter::note(Level& level, double mean_square) {
  if (!std::isfinite(mean_square)) return;
  level.total += mean_square;
  auto& loudest = level.loudest;
  if (mean_square <= loudest[0]) return;
  const auto place = std::lower_bound(loudest.begin(), loudest.end(), mean_square);
  std::move(loudest.begin() + 1, place, loudest.begin());
  *(place - 1) = mean_square;
}

/// For short files: uses the loudest half of the windows.
double ChannelMeter::level_of(const Level& level) const noexcept {
  const std::size_t counted = std::clamp<std::size_t>(windows_ / 2, 1, most_loudest);
  return level.loudest[most_loudest - counted];
}

std::vector<bool> ChannelMeter::audible(double floor) const {
  double loudest = 0;
  for (const Level& level : levels_) loudest = std::max(loudest, level_of(level));
  const double least = std::max(floor, loudest * far_below);
  std::vector<bool> audible;
  for (const Level& level : levels_) audible.push_back(windows_ > 0 && level_of(level) >= least);
  return audible;
}

unsigned ChannelMeter::sounding(double floor) const {
  const std::vector<bool> audible = this->audible(floor);
  return static_cast<unsigned>(std::count(audible.begin(), audible.end(), true));
}

unsigned ChannelMeter::distinct(double floor) const {
  const std::vector<bool> audible = this->audible(floor);
  std::vector<bool> counts = audible;
  for (const Pair& pair : pairs_)
    if (pair.a != pair.b && audible[pair.a] && (is_same(pair) || is_opposite(pair))) counts[pair.b] = false;
  return static_cast<unsigned>(std::count(counts.begin(), counts.end(), true));
}

bool ChannelMeter::dual_mono() const noexcept { return channels_ == 2 && windows_ > 0 && is_same(pairs_[0]); }

std::size_t ChannelMeter::loudest() const noexcept {
  const auto louder = [](const Level& a, const Level& b) { return a.total < b.total; };
  return static_cast<std::size_t>(std::max_element(levels_.begin(), levels_.end(), louder) - levels_.begin());
}

double ChannelMeter::loudest_power() const noexcept {
  return windows_ == 0 || levels_.empty() ? 0 : levels_[loudest()].total / static_cast<double>(windows_);
}

}  // namespace echofold
