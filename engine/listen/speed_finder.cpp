// Blocks of b at some speeds, each searched in a near the place where the fingerprints expect it.
#include "engine/listen/speed_finder.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "engine/audio/phase_correlation.h"

namespace echofold {
namespace {

constexpr int rate_hz = 11'025;  // enough for the pitch of any music, and a quarter of the work
constexpr double longest_s = 300;
constexpr std::size_t block_samples = std::size_t{1}
                                      << 14;  // 1.5 s: at .01 % it drifts by a sample and a half
constexpr double block_step_s = 5;
constexpr double low = 0.01, high = 0.4;

// The fingerprints' speed is right to .0018 (docs/THRESHOLDS.md, "Other speeds"), their offset to half a second.
constexpr double speed_reach = 0.002, speed_step = 0.0001;
constexpr double offset_reach_s = 0.6;

constexpr float least_height = 0.12F;
constexpr float sure_height = 0.3F;
constexpr double audible_power = 1e-6;  // -60 dB from full scale
constexpr std::size_t least_blocks = 3;
constexpr std::size_t most_in_vain = 16;
constexpr double line_margin_s = 0.05;  // wow and flutter of a worn record stay within it

using Samples = std::vector<float>;

/// Mid, or side where mid cancels out: `longest_s` of it.
Samples read_samples(StereoReader& reader, double stretch, std::size_t skip) {
  reader.convert_to(rate_hz, stretch);
  const auto most = static_cast<std::size_t>(longest_s * rate_hz);
  Samples mid, side;
  double power_mid = 0, power_side = 0;
  while (mid.size() < most) {
    auto block = reader.read();
    if (block.empty()) break;
    const std::size_t skipped = std::min(skip, block.size());
    skip -= skipped;
    for (const MidSide& sample : block.subspan(skipped)) {
      mid.push_back(sample.mid);
      side.push_back(sample.side);
      power_mid += static_cast<double>(sample.mid) * sample.mid;
      power_side += static_cast<double>(sample.side) * sample.side;
    }
  }
  return power_side > 100 * power_mid ? side : mid;
}

bool is_audible(std::span<const float> samples) {
  double power = 0;
  for (const float sample : samples) power += static_cast<double>(sample) * sample;
  return power > audible_power * static_cast<double>(samples.size());
}

/// Sample i of the result is what lies at `middle + (i - n / 2) / speed`: the block at another speed, around its middle.
void resample(const Samples& samples, double middle, double speed, Samples& out) {
  out.assign(block_samples, 0);
  for (std::size_t i = 0; i < block_samples; ++i) {
    const double place = middle + (static_cast<double>(i) - block_samples / 2.0) / speed;
    const double before = std::floor(place);
    if (before < 1 || before + 2 >= static_cast<double>(samples.size())) continue;
    const float* at = samples.data() + static_cast<std::size_t>(before);
    const auto t = static_cast<float>(place - before);
    // Catmull and Rom's cubic: at this rate its errors stay below those of a codec.
    out[i] =
        at[0] +
        0.5F * t *
            (at[1] - at[-1] +
             t * (2 * at[-1] - 5 * at[0] + 4 * at[1] - at[2] + t * (3 * (at[0] - at[1]) + at[2] - at[-1])));
  }
}

/// The middle of a block of b, in seconds of b as it was stretched, and where a has it.
struct Place {
  double in_b = 0, in_a = 0;
};

class BlockSearch {
 public:
  BlockSearch(const Samples& a, const Samples& b, double offset_s)
      : a_(a), b_(b), offset_s_(offset_s), correlation_(2 * block_samples) {}

  /// The places of all blocks that were found, and how many were looked for.
  std::vector<Place> run() {
    std::vector<Place> places;
    for (double middle_s = 2; middle_s < seconds_of(b_); middle_s += block_step_s) {
      if (places.empty() && looked_for_ >= most_in_vain) break;
      if (const auto place = find(middle_s)) places.push_back(*place);
    }
    return places;
  }
  std::size_t looked_for() const noexcept { return looked_for_; }

 private:
  static double seconds_of(const Samples& samples) { return static_cast<double>(samples.size()) / rate_hz; }

  std::optional<Place> find(double middle_s) {
    const double middle_a_s = offset_s_ + middle_s;
    if (middle_a_s < 1 || middle_a_s > seconds_of(a_) - 1) return std::nullopt;
    resample(b_, middle_s * rate_hz, 1, block_b_);
    if (!is_audible(block_b_)) return std::nullopt;
    ++looked_for_;
    cut_a(middle_a_s);
    const double around = known_ ? *known_ : 1;
    const int reach = static_cast<int>(std::lround((known_ ? 2 * speed_step : speed_reach) / speed_step));
    Delay best;
    double best_speed = 1;
    for (int step = -reach; step <= reach; ++step) {
      const double speed = around + step * speed_step;
      const Delay found = find_at(middle_s, middle_a_s, speed);
      if (found.height <= best.height) continue;
      best = found;
      best_speed = speed;
    }
    if (best.height < least_height) return std::nullopt;
    if (best.height >= sure_height) known_ = best_speed;
    return Place{middle_s, middle_a_s + static_cast<double>(best.samples) / rate_hz};
  }

  /// a around the place, twice as long as a block: the block may lie anywhere in the middle of it.
  void cut_a(double middle_a_s) {
    block_a_.assign(2 * block_samples, 0);
    const auto first = static_cast<std::ptrdiff_t>(std::llround(middle_a_s * rate_hz)) -
                       static_cast<std::ptrdiff_t>(block_samples);
    for (std::size_t i = 0; i < block_a_.size(); ++i) {
      const std::ptrdiff_t at = first + static_cast<std::ptrdiff_t>(i);
      if (at >= 0 && static_cast<std::size_t>(at) < a_.size()) block_a_[i] = a_[static_cast<std::size_t>(at)];
    }
  }

  Delay find_at(double middle_s, double middle_a_s, double speed) {
    resample(b_, middle_s * rate_hz, speed, block_b_);
    padded_.assign(2 * block_samples, 0);
    std::copy(block_b_.begin(), block_b_.end(), padded_.begin() + block_samples / 2);
    const double reach_s = offset_reach_s + (known_ ? 0 : speed_reach * std::min(middle_a_s, longest_s) / 4);
    const auto most = std::min(block_samples / 2, static_cast<std::size_t>(reach_s * rate_hz));
    return correlation_.find(block_a_, padded_, most, low, high);
  }

  const Samples &a_, &b_;
  double offset_s_;
  PhaseCorrelation correlation_;
  std::optional<double>
      known_;  ///< the speed of a block that was surely found, beside that of the fingerprints
  std::size_t looked_for_ = 0;
  Samples block_a_, block_b_, padded_;
};

struct Fit {
  double at_start = 0, slope = 1;

  double error(const Place& place) const noexcept {
    return std::abs(at_start + slope * place.in_b - place.in_a);
  }
};

/// Least squares.
Fit fit_line(std::span<const Place> places) {
  double mean_b = 0, mean_a = 0, square = 0, product = 0;
  for (const Place& place : places) {
    mean_b += place.in_b / static_cast<double>(places.size());
    mean_a += place.in_a / static_cast<double>(places.size());
  }
  for (const Place& place : places) {
    square += (place.in_b - mean_b) * (place.in_b - mean_b);
    product += (place.in_b - mean_b) * (place.in_a - mean_a);
  }
  const double slope = square > 0 ? product / square : 1;
  return {mean_a - slope * mean_b, slope};
}

/// The line through two places that most others are near to, then fitted to these. Nothing if they are too few.
std::optional<Fit> best_fit(const std::vector<Place>& places, std::size_t looked_for) {
  std::vector<Place> best;
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t k = i + 1; k < places.size(); ++k) {
      const double slope = (places[k].in_a - places[i].in_a) / (places[k].in_b - places[i].in_b);
      if (std::abs(slope - 1) > 2 * speed_reach) continue;
      const Fit fit{places[i].in_a - slope * places[i].in_b, slope};
      std::vector<Place> near;
      for (const Place& place : places)
        if (fit.error(place) <= line_margin_s) near.push_back(place);
      if (near.size() > best.size()) best = std::move(near);
    }
  if (best.size() < std::max(least_blocks, (looked_for + 1) / 2)) return std::nullopt;
  return fit_line(best);
}

}  // namespace

std::optional<PlayedSpeed> find_speed(StereoReader& a, StereoReader& b, const PlayedSpeed& expected) {
  // What only one of the two has in front says nothing.
  const auto skip = [](double seconds) { return static_cast<std::size_t>(std::max(0.0, seconds) * rate_hz); };
  const std::size_t skip_a = skip(expected.offset_s - 2), skip_b = skip(-expected.offset_s);
  const double from_a_s = static_cast<double>(skip_a) / rate_hz,
               from_b_s = static_cast<double>(skip_b) / rate_hz;
  const Samples samples_b = read_samples(b, expected.speed, skip_b), samples_a = read_samples(a, 1, skip_a);
  BlockSearch search(samples_a, samples_b, expected.offset_s + from_b_s - from_a_s);
  const std::vector<Place> places = search.run();
  const auto fit = best_fit(places, search.looked_for());
  if (!fit) return std::nullopt;
  return PlayedSpeed{from_a_s + fit->at_start - fit->slope * from_b_s, expected.speed * fit->slope};
}

}  // namespace echofold
