// Takes out of the levels what a listener would not call other music, and averages what is left.
#include "engine/listen/differences.h"

#include <algorithm>
#include <cmath>

#include "engine/listen/statistics.h"

namespace echofold {
namespace {

constexpr double loud_percentile = 0.95;
constexpr float below_frame_db = 30, below_loud_db = 50;
constexpr float below_mid_db = 12;  // what left and right do not share is masked below that
constexpr float most_db = 20;
constexpr float rare_share = 0.3F;  // of the frames
constexpr double gain_window_s = 2, mean_window_s = 0.21;
constexpr float residual_floor = 0.02F;  // a smaller residual comes from rounding and windows
constexpr std::size_t residual_frames = 3;
constexpr std::size_t fewest_for_median = 20;
constexpr float usual_of_empty_band = 0.2F;
constexpr std::size_t fewest_cells = 2;

float db(float power) { return 10 * std::log10(power + 1e-12F); }

/// One value for each frame and band of a channel.
class Grid {
 public:
  Grid(std::size_t frames, std::size_t bands) : bands_(bands), values_(frames * bands) {}
  float& operator()(std::size_t frame, std::size_t band) { return values_[frame * bands_ + band]; }
  float operator()(std::size_t frame, std::size_t band) const { return values_[frame * bands_ + band]; }

 private:
  std::size_t bands_;
  std::vector<float> values_;
};

class Comparison {
 public:
  Comparison(const CellTable& table, const ListenBands& bands)
      : table_(table), frames_(table.frames()), bands_(bands.count()), layout_(bands) {
    for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side}) {
      levels_a_.push_back(levels_of(channel, &Cell::a));
      levels_b_.push_back(levels_of(channel, &Cell::b));
    }
  }

  Differences run() {
    Differences result;
    for (std::size_t frame = 0; frame < frames_; ++frame) {
      result.power_a_db.push_back(db(frame_power(frame, &Cell::a)));
      result.power_b_db.push_back(db(frame_power(frame, &Cell::b)));
    }
    std::vector<float> levels = result.power_a_db;
    result.loud_db = loud_db_ = percentile(levels, loud_percentile);
    result.band_a_db = band_levels(levels_a_.front());
    result.band_b_db = band_levels(levels_b_.front());
    const Grid mid = level_differences(ListenChannel::mid, result);
    result.gain_db = gain(mid);
    for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side}) {
      Grid levels = channel == ListenChannel::mid ? mid : level_differences(channel, result);
      const Grid audible = audible_cells(channel, result);
      take_out(levels, result.gain_db);
      const Grid excess = residual_excess(channel, audible, result);
      auto& tracks = result.tracks[static_cast<std::size_t>(channel)];
      if (channel == ListenChannel::mid) result.treble_level_db = mean_of(levels, audible, ListenRange::high);
      const Grid both = joint(levels, excess);
      for (std::size_t range = 0; range < listen_ranges; ++range) {
        tracks[range].residual = mean_of(excess, audible, static_cast<ListenRange>(range));
        tracks[range].joint = mean_of(both, audible, static_cast<ListenRange>(range));
      }
    }
    return result;
  }

 private:
  const Cell& cell(std::size_t frame, ListenChannel channel, std::size_t band) const {
    return table_.at(frame, channel, band);
  }

  /// Bands from `first` to before `end`.
  struct Bounds {
    std::size_t first, end;
  };
  Bounds bounds_of(ListenRange range) const {
    if (range == ListenRange::all) return {0, bands_};
    const auto is_in = [&](std::size_t band) { return listen_range(layout_.centre_hz(band)) == range; };
    Bounds bounds{0, bands_};
    while (bounds.first < bands_ && !is_in(bounds.first)) ++bounds.first;
    while (bounds.end > bounds.first && !is_in(bounds.end - 1)) --bounds.end;
    return bounds;
  }

  Grid levels_of(ListenChannel channel, float Cell::*recording) const {
    Grid levels(frames_, bands_);
    for (std::size_t frame = 0; frame < frames_; ++frame)
      for (std::size_t band = 0; band < bands_; ++band)
        levels(frame, band) = db(cell(frame, channel, band).*recording);
    return levels;
  }
  const Grid& level_a(ListenChannel channel) const { return levels_a_[static_cast<std::size_t>(channel)]; }
  const Grid& level_b(ListenChannel channel) const { return levels_b_[static_cast<std::size_t>(channel)]; }

  /// Of one recording, all channels and bands.
  float frame_power(std::size_t frame, float Cell::*recording) const {
    float power = 0;
    for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side})
      for (std::size_t band = 0; band < bands_; ++band) power += cell(frame, channel, band).*recording;
    return power;
  }

  std::vector<float> band_levels(const Grid& of_cells) const {
    std::vector<float> levels(bands_), of_band(frames_);
    for (std::size_t band = 0; band < bands_; ++band) {
      for (std::size_t frame = 0; frame < frames_; ++frame) of_band[frame] = of_cells(frame, band);
      levels[band] = percentile(of_band, loud_percentile);
    }
    return levels;
  }

  /// Level of b over a, less the median of its band over the frames in which one of them is audible there. If one has
  /// sound there now and then, and the other never, that is other sound, and no equaliser.
  Grid level_differences(ListenChannel channel, Differences& result) const {
    Grid levels(frames_, bands_);
    const Grid &a = level_a(channel), &b = level_b(channel);
    auto& equaliser = result.equaliser_db[static_cast<std::size_t>(channel)];
    equaliser.assign(bands_, 0);
    std::vector<float> counted;
    for (std::size_t band = 0; band < bands_; ++band) {
      counted.clear();
      for (std::size_t frame = 0; frame < frames_; ++frame) {
        levels(frame, band) = b(frame, band) - a(frame, band);
        if (std::max(a(frame, band), b(frame, band)) > loud_db_ - below_loud_db - 10)
          counted.push_back(levels(frame, band));
      }
      if (counted.size() < fewest_for_median) continue;
      const float median = percentile(counted, 0.5);
      if (std::abs(median) >= lacking_db && counted.size() < rare_share * static_cast<float>(frames_))
        continue;
      equaliser[band] = median;
      for (std::size_t frame = 0; frame < frames_; ++frame) levels(frame, band) -= equaliser[band];
    }
    return levels;
  }

  /// 1 where one of the two is audible, else 0. Levels of b count without the equaliser. A band that one of them lacks
  /// altogether does not count.
  Grid audible_cells(ListenChannel channel, const Differences& result) const {
    Grid audible(frames_, bands_);
    const auto& equaliser = result.equaliser_db[static_cast<std::size_t>(channel)];
    const auto& of_mid = result.equaliser_db[0];
    std::vector<float> levels(bands_), of_mid_levels(bands_);
    const Grid &a = level_a(channel), &b = level_b(channel);
    const Grid &mid_a = level_a(ListenChannel::mid), &mid_b = level_b(ListenChannel::mid);
    for (std::size_t frame = 0; frame < frames_; ++frame) {
      float loudest = -200;
      for (std::size_t band = 0; band < bands_; ++band) {
        levels[band] = std::max(a(frame, band), b(frame, band) - equaliser[band]);
        of_mid_levels[band] = std::max(mid_a(frame, band), mid_b(frame, band) - of_mid[band]);
        loudest = std::max({loudest, levels[band], of_mid_levels[band]});
      }
      for (std::size_t band = 0; band < bands_; ++band)
        audible(frame, band) = std::abs(equaliser[band]) < lacking_db &&
                                       levels[band] > loudest - below_frame_db &&
                                       levels[band] > of_mid_levels[band] - below_mid_db &&
                                       levels[band] > loud_db_ - below_loud_db
                                   ? 1
                                   : 0;
    }
    return audible;
  }

  std::vector<float> gain(const Grid& levels) const {
    const Grid& a = level_a(ListenChannel::mid);
    std::vector<float> medians(frames_), counted;
    for (std::size_t frame = 0; frame < frames_; ++frame) {
      counted.clear();
      for (std::size_t band = 0; band < bands_; ++band)
        if (a(frame, band) > loud_db_ - below_loud_db)
          counted.push_back(std::clamp(levels(frame, band), -most_db, most_db));
      medians[frame] = percentile(counted, 0.5);
    }
    return moving_median(medians, static_cast<std::size_t>(gain_window_s * layout_.frames_per_s()) | 1);
  }

  void take_out(Grid& levels, const std::vector<float>& gain) const {
    for (std::size_t frame = 0; frame < frames_; ++frame)
      for (std::size_t band = 0; band < bands_; ++band)
        levels(frame, band) = std::abs(std::clamp(levels(frame, band) - gain[frame], -most_db, most_db));
  }

  /// The part of b that is not a with another level and phase, 0 .. 1, over a few frames.
  float residual(ListenChannel channel, std::size_t frame, std::size_t band) const {
    const std::size_t half = residual_frames / 2;
    float a = 0, b = 0;
    std::complex<float> cross = 0;
    for (std::size_t i = frame > half ? frame - half : 0; i < std::min(frames_, frame + half + 1); ++i) {
      const Cell& one = cell(i, channel, band);
      a += one.a;
      b += one.b;
      cross += one.cross;
    }
    const float both = a * b;
    return both > 0 ? std::clamp(1 - std::norm(cross) / both, 0.0F, 1.0F) : (a + b > 0 ? 1.0F : 0.0F);
  }

  /// True if neither of the two has much less sound there than the other.
  bool in_both(ListenChannel channel, std::size_t frame, std::size_t band,
               const std::vector<float>& equaliser) const {
    return std::abs(level_b(channel)(frame, band) - equaliser[band] - level_a(channel)(frame, band)) < 10;
  }

  Grid residual_excess(ListenChannel channel, const Grid& audible, Differences& result) const {
    Grid excess(frames_, bands_);
    auto& usual = result.usual_residual[static_cast<std::size_t>(channel)];
    const auto& equaliser = result.equaliser_db[static_cast<std::size_t>(channel)];
    usual.assign(bands_, 1);
    std::vector<float> counted;
    for (std::size_t band = 0; band < bands_; ++band) {
      counted.clear();
      for (std::size_t frame = 0; frame < frames_; ++frame) {
        excess(frame, band) = residual(channel, frame, band);
        if (audible(frame, band) > 0 && in_both(channel, frame, band, equaliser))
          counted.push_back(excess(frame, band));
      }
      usual[band] = counted.size() >= fewest_for_median ? percentile(counted, 0.5) : usual_of_empty_band;
      for (std::size_t frame = 0; frame < frames_; ++frame)
        excess(frame, band) = db((excess(frame, band) + residual_floor) / (usual[band] + residual_floor));
    }
    return excess;
  }

  /// High where the level differs and the residual is unusual.
  Grid joint(const Grid& levels, const Grid& excess) const {
    Grid both(frames_, bands_);
    for (std::size_t frame = 0; frame < frames_; ++frame)
      for (std::size_t band = 0; band < bands_; ++band)
        both(frame, band) = std::sqrt(levels(frame, band) * std::max(0.0F, excess(frame, band)));
    return both;
  }

  std::vector<float> mean_of(const Grid& values, const Grid& audible, ListenRange range) const {
    std::vector<float> means(frames_);
    const Bounds bounds = bounds_of(range);
    for (std::size_t frame = 0; frame < frames_; ++frame) {
      float sum = 0, count = 0;
      for (std::size_t band = bounds.first; band < bounds.end; ++band) {
        sum += values(frame, band) * audible(frame, band);
        count += audible(frame, band);
      }
      means[frame] = count >= static_cast<float>(fewest_cells) ? sum / count : 0;
    }
    // What an encoder does to the first samples is shorter than this, and counts as 0 before them.
    return moving_mean(means, static_cast<std::size_t>(std::lround(mean_window_s * layout_.frames_per_s())));
  }

  const CellTable& table_;
  std::size_t frames_, bands_;
  const ListenBands& layout_;
  std::vector<Grid> levels_a_, levels_b_;  ///< of each channel, in dB
  float loud_db_ = 0;                      ///< of the loud frames of `a`, mid and side together
};

}  // namespace

Differences differences(const CellTable& table, const ListenBands& bands) {
  return Comparison(table, bands).run();
}

}  // namespace echofold
