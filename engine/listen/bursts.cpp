// Scales the tracks, and cuts the curve into bursts.
#include "engine/listen/bursts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace echofold {
namespace {

using OfRanges = std::array<float, listen_ranges>;  ///< low, middle, high, all

/// The fifth largest value of nearly 2,000 copies in a track and range, and a tenth more (docs/THRESHOLDS.md): a factor
/// times a power of the usual residual. A codec that leaves more has larger bursts, too.
struct Largest {
  std::vector<float> DifferenceTrack::*track;
  OfRanges exponents;
  OfRanges mid, side;  ///< factors
};

// Strengths are stored: other numbers need a new version of the stored value (index/model/heard.cpp).
const std::array<Largest, 2> largest_of_codecs{{
    {&DifferenceTrack::joint,
     {0.35F, 0.35F, 0.6F, 0.35F},
     {25.5F, 14.7F, 26.9F, 9.9F},
     {22.5F, 15.9F, 25.5F, 12.3F}},
    {&DifferenceTrack::residual,
     {0.2F, 0.2F, 0.2F, 0.2F},
     {22.1F, 19.0F, 14.5F, 12.1F},
     {22.0F, 19.6F, 12.1F, 14.1F}},
}};
constexpr float least_residual = 0.003F;  // is added: the differences of lossless copies are not nothing
constexpr float least_strength = 0.3F;    // of a burst that is worth a line
constexpr float silent_below_loud_db = 45;

/// Mean of the usual residual over the bands of a range.
float usual_residual(const Differences& differences, const ListenBands& bands, ListenChannel channel,
                     ListenRange range) {
  const auto& usual = differences.usual_residual[static_cast<std::size_t>(channel)];
  float sum = 0, count = 0;
  for (std::size_t band = 0; band < usual.size(); ++band) {
    if (range != ListenRange::all && listen_range(bands.centre_hz(band)) != range) continue;
    sum += usual[band];
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}

void raise(StrengthCurve& curve, const std::vector<float>& values, float largest, bool side) {
  for (std::size_t frame = 0; frame < values.size(); ++frame) {
    const float strength = values[frame] / largest;
    if (strength <= curve.strength[frame]) continue;
    curve.strength[frame] = strength;
    curve.in_side[frame] = side;
  }
}

BurstKind kind_at(const Differences& differences, std::size_t frame) {
  const float floor = differences.loud_db - silent_below_loud_db;
  const bool a = differences.power_a_db[frame] < floor;
  const bool b = differences.power_b_db[frame] - differences.gain_db[frame] < floor;
  if (a == b) return BurstKind::other;
  return a ? BurstKind::silent_in_a : BurstKind::silent_in_b;
}

struct Range {
  std::size_t first, end;
};

/// The frames around `peak` that have at least this strength.
Range around(const std::vector<float>& strength, std::size_t peak, float least) {
  std::size_t first = peak, end = peak + 1;
  while (first > 0 && strength[first - 1] >= least) --first;
  while (end < strength.size() && strength[end] >= least) ++end;
  return {first, end};
}

}  // namespace

StrengthCurve strength_curve(const Differences& differences, const ListenBands& bands, bool with_side) {
  StrengthCurve curve;
  curve.strength.assign(differences.gain_db.size(), 0);
  curve.in_side.assign(differences.gain_db.size(), false);
  for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side}) {
    const bool side = channel == ListenChannel::side;
    if (side && !with_side) continue;
    const auto& tracks = differences.tracks[static_cast<std::size_t>(channel)];
    for (std::size_t range = 0; range < listen_ranges; ++range) {
      const float usual = usual_residual(differences, bands, channel, static_cast<ListenRange>(range));
      for (const Largest& largest : largest_of_codecs)
        raise(curve, tracks[range].*largest.track,
              (side ? largest.side : largest.mid)[range] *
                  std::pow(usual + least_residual, largest.exponents[range]),
              side);
    }
  }
  return curve;
}

std::vector<HeardBurst> strongest_bursts(const StrengthCurve& curve, const Differences& differences,
                                         double begin_s, double frames_per_s) {
  std::vector<HeardBurst> bursts;
  std::vector<float> left = curve.strength;
  while (bursts.size() < Heard::most_bursts && !left.empty()) {
    const auto at = std::max_element(left.begin(), left.end());
    if (*at < least_strength) break;
    const auto peak = static_cast<std::size_t>(at - left.begin());
    const Range range = around(left, peak, *at / 2);
    const Range slopes = around(left, peak, std::min(1.0F, *at / 2));  // are no bursts of their own
    bursts.push_back({begin_s + static_cast<double>(range.first) / frames_per_s,
                      static_cast<double>(range.end - range.first) / frames_per_s, *at,
                      kind_at(differences, peak), curve.in_side[peak]});
    std::fill(left.begin() + static_cast<std::ptrdiff_t>(slopes.first),
              left.begin() + static_cast<std::ptrdiff_t>(slopes.end), 0.0F);
  }
  return bursts;
}

}  // namespace echofold
