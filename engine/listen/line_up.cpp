// A coarse search finds the right period of the music, a fine one the sample.
#include "engine/listen/line_up.h"

#include <algorithm>

namespace echofold {
namespace {

constexpr std::size_t decimation = 4;
constexpr std::size_t coarse_samples = LineUp::block_samples / decimation,
                      fine_samples = std::size_t{1} << 14;
constexpr double low = 0.01, coarse_high = 0.4, fine_high = 0.25;  // of the sampling rate that is searched at
constexpr float least_height = 0.1F;  // other sound stays below .03, an MP3 of 64 kb/s is above .4

/// The channel that has most of the sound: mid, or side where mid cancels out.
bool uses_side(std::span<const MidSide> samples) {
  double mid = 0, side = 0;
  for (const MidSide& sample : samples) {
    mid += static_cast<double>(sample.mid) * sample.mid;
    side += static_cast<double>(sample.side) * sample.side;
  }
  return side > 100 * mid;
}

/// Means of `step` samples each.
void pick(std::span<const MidSide> samples, std::size_t step, std::size_t count, std::vector<float>& out) {
  const bool side = uses_side(samples);
  out.assign(count, 0);
  for (std::size_t i = 0; i < std::min(count, samples.size() / step); ++i) {
    float sum = 0;
    for (std::size_t j = 0; j < step; ++j) {
      const MidSide& sample = samples[i * step + j];
      sum += side ? sample.side : sample.mid;
    }
    out[i] = sum / static_cast<float>(step);
  }
}

}  // namespace

LineUp::LineUp() : coarse_(coarse_samples), fine_(fine_samples) {}

std::optional<Delay> LineUp::find(std::span<const MidSide> a, std::span<const MidSide> b, std::size_t most) {
  pick(a, decimation, coarse_samples, a_);
  pick(b, decimation, coarse_samples, b_);
  const Delay coarse = coarse_.find(a_, b_, most / decimation, low, coarse_high);
  if (coarse.height < least_height) return std::nullopt;

  // From the middle of the block, where neither recording ends.
  const auto about = coarse.samples * static_cast<std::ptrdiff_t>(decimation);
  const auto middle = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()) / 2);
  const auto from_a = std::max<std::ptrdiff_t>(0, middle + about), from_b = from_a - about;
  if (from_b < 0 || static_cast<std::size_t>(from_a) >= a.size() ||
      static_cast<std::size_t>(from_b) >= b.size())
    return Delay{about, coarse.height};
  pick(a.subspan(static_cast<std::size_t>(from_a)), 1, fine_samples, a_);
  pick(b.subspan(static_cast<std::size_t>(from_b)), 1, fine_samples, b_);
  const Delay fine = fine_.find(a_, b_, 2 * decimation, low, fine_high);
  return Delay{about + fine.samples, coarse.height};
}

}  // namespace echofold
