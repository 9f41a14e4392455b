// Exact sums over windows of half a second.
#include "engine/audio/level_meter.h"

#include <algorithm>
#include <cmath>

#include "engine/audio/simd/sample_loops.h"
#include "index/model/record.h"

namespace echofold {
namespace {

constexpr double full_scale = 32768;

std::uint8_t value_of(const loops::Power& power, std::size_t count) {
  if (power.squares == 0) return level_silent;
  const double mean_square =
      static_cast<double>(power.squares) / static_cast<double>(count) / (full_scale * full_scale);
  return level_value(10 * std::log10(mean_square));
}

}  // namespace

/// Windows are not a whole number of samples long: the n-th one ends at the n-th half second, to the nearest sample.
std::size_t LevelMeter::window_end() const noexcept {
  return static_cast<std::size_t>(static_cast<double>(curve_.size() + 1) * level_window_s * rate_hz_);
}

void LevelMeter::add(std::span<const std::int16_t> samples) {
  while (!samples.empty()) {
    const std::size_t count = std::min(samples.size(), window_end() - done_ - filled_);
    const loops::Power power = sample_loops().power_s16(samples.data(), count);
    window_.sum += power.sum;
    window_.squares += power.squares;
    filled_ += count;
    samples = samples.subspan(count);
    if (done_ + filled_ == window_end()) close_window();
  }
}

void LevelMeter::close_window() {
  curve_.push_back(value_of(window_, filled_));
  energy_ += alternating(window_, filled_);
  done_ += filled_;
  filled_ = 0;
  window_ = {};
}

double LevelMeter::alternating(const loops::Power& power, std::size_t count) noexcept {
  if (count == 0) return 0;
  const auto sum = static_cast<double>(power.sum);
  return static_cast<double>(power.squares) - sum * sum / static_cast<double>(count);
}

double LevelMeter::mean_square() const noexcept {
  const std::size_t samples = done_ + filled_;
  if (samples == 0) return 0;
  const double energy = energy_ + alternating(window_, filled_);
  return energy / static_cast<double>(samples) / (full_scale * full_scale);
}

std::vector<std::uint8_t> LevelMeter::curve() const {
  std::vector<std::uint8_t> curve = curve_;
  const bool is_half = static_cast<double>(filled_) >= level_window_s * rate_hz_ / 2;
  if (filled_ > 0 && (is_half || curve.empty())) curve.push_back(value_of(window_, filled_));
  return curve;
}

}  // namespace echofold
