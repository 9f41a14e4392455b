// A tenth of a second is short enough for peaks, and long enough for the level of a bass note.
#include "engine/listen/dynamics_tally.h"

#include <algorithm>
#include <cmath>

#include "engine/listen/statistics.h"

namespace echofold {
namespace {

constexpr double block_s = 0.1;
// An offset and what swings too slowly to be heard shift the peaks, and Opus takes them out.
constexpr double lowest_hz = 30;
constexpr double loud_part = 0.95;   // the level that a twentieth of the blocks exceed
constexpr float below_loud_db = 20;  // softer blocks do not count: there codecs and noise decide
constexpr double peak_part = 0.99;   // a single click is no peak of the music
constexpr std::size_t fewest_blocks = 20;
constexpr double floor_power = 1e-12;
constexpr float floor_peak = 1e-6F;

float percentile_of(std::vector<float> values, double part) { return percentile(values, part); }

}  // namespace

DynamicsTally::DynamicsTally(int rate_hz)
    : block_samples_(static_cast<std::size_t>(block_s * rate_hz)), above_rumble_(lowest_hz, rate_hz) {}

void DynamicsTally::Block::add(Channels samples) noexcept {
  const Channels sizes = samples > -samples ? samples : -samples;
  peaks = sizes > peaks ? sizes : peaks;
  squares += samples * samples;  // floats: for a tenth of a second they are right to .001 dB
}

void DynamicsTally::add(std::span<const MidSide> a, std::span<const MidSide> b) {
  for (std::size_t done = 0; done < a.size();) {
    const std::size_t count = std::min(a.size() - done, block_samples_ - filled_);
    add_to_block(a.subspan(done, count), b.subspan(done, count));
    done += count;
    filled_ += count;
    if (filled_ < block_samples_) continue;
    moments_.push_back({levels_of(0), levels_of(2)});
    block_ = {};
    filled_ = 0;
  }
}

void DynamicsTally::add_to_block(std::span<const MidSide> a, std::span<const MidSide> b) noexcept {
  // Copies stay in registers.
  HighPass filter = above_rumble_;
  Block block = block_;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Channels mids = {a[i].mid, a[i].mid, b[i].mid, b[i].mid},
                   sides = {a[i].side, -a[i].side, b[i].side, -b[i].side};
    block.add(filter.filter(mids + sides));
  }
  above_rumble_ = filter;
  block_ = block;
}

DynamicsTally::Levels DynamicsTally::levels_of(int left) const {
  const float peak = std::max(block_.peaks[left], block_.peaks[left + 1]);
  const float squares = std::max(block_.squares[left], block_.squares[left + 1]);
  return {
      20 * std::log10(peak + floor_peak),
      static_cast<float>(
          10 * std::log10(static_cast<double>(squares) / static_cast<double>(block_samples_) + floor_power))};
}

std::vector<DynamicsTally::Moment> DynamicsTally::loud_moments() const {
  std::vector<float> of_a, of_b;
  of_a.reserve(moments_.size());
  of_b.reserve(moments_.size());
  for (const Moment& moment : moments_) {
    of_a.push_back(moment.a.level_db);
    of_b.push_back(moment.b.level_db);
  }
  const float loud = percentile(of_a, loud_part) + percentile(of_b, loud_part);
  std::vector<Moment> loud_ones;
  for (const Moment& moment : moments_)
    if (moment.a.level_db + moment.b.level_db > loud - 2 * below_loud_db) loud_ones.push_back(moment);
  return loud_ones;
}

void DynamicsTally::fill(Heard& heard) const {
  const std::vector<Moment> loud = loud_moments();
  if (loud.size() < fewest_blocks) return;
  const auto all = [&](float Levels::*value, Levels Moment::*recording) {
    std::vector<float> values;
    values.reserve(loud.size());
    for (const Moment& moment : loud) values.push_back(moment.*recording.*value);
    return values;
  };
  const auto headroom = [&](Levels Moment::*recording) {
    return percentile_of(all(&Levels::peak_db, recording), peak_part) -
           percentile_of(all(&Levels::level_db, recording), 0.5);
  };
  heard.range_db = static_cast<double>(headroom(&Moment::b)) - static_cast<double>(headroom(&Moment::a));

  // The line of least squares through (level of both, level of b over a).
  const auto count = static_cast<double>(loud.size());
  double level = 0, gain = 0, level_squared = 0, product = 0;
  for (const Moment& moment : loud) {
    const double x = (static_cast<double>(moment.a.level_db) + moment.b.level_db) / 2;
    const double y = static_cast<double>(moment.b.level_db) - moment.a.level_db;
    level += x;
    gain += y;
    level_squared += x * x;
    product += x * y;
  }
  const double spread = count * level_squared - level * level;
  constexpr double least_spread_db = 1;  // music of one level has no slope
  if (spread > count * count * least_spread_db) heard.level_slope = (count * product - level * gain) / spread;
}

}  // namespace echofold
