// Levels of the loudest moments, and a list of pairs that grows shorter.
#include "engine/audio/channel_meter.h"

#include <algorithm>
#include <cmath>

namespace echofold {
namespace {

constexpr double far_below = 1e-5;  // 50 dB: hum and hiss of a channel that nothing was recorded in

}  // namespace

ChannelMeter::ChannelMeter(std::size_t channels, double noise) : noise_(noise) {
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
    pair.same = pair.same && pair.window.half_difference * scale <= noise_;
    pair.opposite = pair.opposite && pair.window.mean * scale <= noise_;
    if (pair.measures_level) {
      note(levels_[pair.a], pair.window.a * scale);
      if (pair.b != pair.a) note(levels_[pair.b], pair.window.b * scale);
    }
  }
  if (channels_ == 2) {
    mean_power_ += pairs_[0].window.mean * scale;
    half_difference_power_ += pairs_[0].window.half_difference * scale;
  }
  for (Pair& pair : pairs_) pair.window = {};
  std::erase_if(pairs_,
                [](const Pair& pair) { return !pair.measures_level && !pair.same && !pair.opposite; });
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

/// Of short files the loudest half of the windows.
double ChannelMeter::level_of(const Level& level) const noexcept {
  const std::size_t counted = std::clamp<std::size_t>(windows_ / 2, 1, most_loudest);
  return level.loudest[most_loudest - counted];
}

std::vector<bool> ChannelMeter::heard(double floor) const {
  double loudest = 0;
  for (const Level& level : levels_) loudest = std::max(loudest, level_of(level));
  const double least = std::max(floor, loudest * far_below);
  std::vector<bool> heard;
  for (const Level& level : levels_) heard.push_back(windows_ > 0 && level_of(level) >= least);
  return heard;
}

unsigned ChannelMeter::sounding(double floor) const {
  const std::vector<bool> heard = this->heard(floor);
  return static_cast<unsigned>(std::count(heard.begin(), heard.end(), true));
}

unsigned ChannelMeter::distinct(double floor) const {
  const std::vector<bool> heard = this->heard(floor);
  std::vector<bool> counts = heard;
  for (const Pair& pair : pairs_)
    if (pair.a != pair.b && heard[pair.a] && (pair.same || pair.opposite)) counts[pair.b] = false;
  return static_cast<unsigned>(std::count(counts.begin(), counts.end(), true));
}

bool ChannelMeter::dual_mono() const noexcept { return channels_ == 2 && windows_ > 0 && pairs_[0].same; }

std::size_t ChannelMeter::loudest() const noexcept {
  const auto louder = [](const Level& a, const Level& b) { return a.total < b.total; };
  return static_cast<std::size_t>(std::max_element(levels_.begin(), levels_.end(), louder) - levels_.begin());
}

double ChannelMeter::loudest_power() const noexcept {
  return windows_ == 0 || levels_.empty() ? 0 : levels_[loudest()].total / static_cast<double>(windows_);
}

}  // namespace echofold
