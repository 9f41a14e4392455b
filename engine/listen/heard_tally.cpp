// Adds up the parts, weighted by their lengths.
#include "engine/listen/heard_tally.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/listen/bursts.h"
#include "engine/listen/statistics.h"

namespace echofold {
namespace {

constexpr double residual_end_hz = 3000;  // above it codecs of low bit rates make up much of what they play
constexpr double bass_end_hz = 200;
constexpr double audible_below_loudest_db = 60;

void add_to(std::vector<double>& sums, const std::vector<float>& values, double weight) {
  sums.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) sums[i] += static_cast<double>(values[i]) * weight;
}

void keep_strongest(std::vector<HeardBurst>& bursts) {
  std::stable_sort(bursts.begin(), bursts.end(),
                   [](const HeardBurst& a, const HeardBurst& b) { return a.strength > b.strength; });
  if (bursts.size() > Heard::most_bursts) bursts.resize(Heard::most_bursts);
}

/// The first half second counts less: where a recording begins at full level, codecs have nothing to go by.
void soften_start(StrengthCurve& curve, double frames_per_s) {
  constexpr double start_s = 0.5;
  constexpr float weight = 0.75F;
  const auto frames = static_cast<std::size_t>(start_s * frames_per_s);
  for (std::size_t i = 0; i < std::min(frames, curve.strength.size()); ++i) curve.strength[i] *= weight;
}

/// A fade is told on its own.
void leave_out_fades(StrengthCurve& curve, std::size_t first_frames, std::size_t last_frames) {
  std::fill_n(curve.strength.begin(), first_frames, 0.0F);
  std::fill_n(curve.strength.rbegin(), last_frames, 0.0F);
}

double seconds_of(const Fade& fade, double frames_per_s) {
  const double seconds = static_cast<double>(fade.frames) / frames_per_s;
  return fade.of_b ? seconds : -seconds;
}

/// How far the middle four fifths of the values spread.
double spread(std::vector<float> values) {
  return values.empty() ? 0 : percentile(values, 0.9) - percentile(values, 0.1);
}

}  // namespace

void HeardTally::add(const CellTable& table, double begin_s, bool is_last) {
  channels_.add(table);
  const Differences found = differences(table, bands_);
  const Fades fades = fades_of(found, is_last);
  for (Strengths* strengths : {&mid_alone_, &both_channels_}) {
    StrengthCurve curve = strength_curve(found, bands_, strengths == &both_channels_);
    if (frames_ == 0) soften_start(curve, bands_.frames_per_s());
    leave_out_fades(curve, fades.in.frames, fades.out.frames);
    const auto bursts = strongest_bursts(curve, found, begin_s, bands_.frames_per_s());
    strengths->of_frames.insert(strengths->of_frames.end(), curve.strength.begin(), curve.strength.end());
    strengths->bursts.insert(strengths->bursts.end(), bursts.begin(), bursts.end());
    keep_strongest(strengths->bursts);
  }
  add_levels(found, fades);
}

HeardTally::Fades HeardTally::fades_of(const Differences& found, bool is_last) const {
  Fades fades;
  if (frames_ == 0) fades.in = fade_in(found, bands_.frames_per_s());
  if (is_last) fades.out = fade_out(found, bands_.frames_per_s());
  return fades;
}

void HeardTally::add_levels(const Differences& found, const Fades& fades) {
  if (fades.in.frames > 0) fades_.in = fades.in;
  if (fades.out.frames > 0) fades_.out = fades.out;
  const auto frames = static_cast<double>(found.gain_db.size());
  frames_ += frames;
  const auto without_fades = std::span(found.gain_db)
                                 .subspan(fades.in.frames)
                                 .first(found.gain_db.size() - fades.in.frames - fades.out.frames);
  gains_db_.insert(gains_db_.end(), without_fades.begin(), without_fades.end());
  const auto& treble = found.treble_level_db;
  treble_differences_db_.insert(treble_differences_db_.end(), treble.begin(), treble.end());
  add_to(equaliser_db_, found.equaliser_db[0], frames);
  add_to(band_a_db_, found.band_a_db, frames);
  add_to(band_b_db_, found.band_b_db, frames);
  for (std::size_t channel = 0; channel < listen_channels; ++channel)
    add_to(usual_residual_[channel], found.usual_residual[channel], frames);
}

double HeardTally::usual_residual(ListenChannel channel, double begin_hz, double end_hz) const {
  const auto& sums = usual_residual_[static_cast<std::size_t>(channel)];
  double sum = 0, count = 0;
  for (std::size_t band = 0; band < sums.size(); ++band) {
    const double hz = bands_.centre_hz(band);
    if (hz < begin_hz || hz >= end_hz) continue;
    sum += sums[band];
    count += frames_;
  }
  return count > 0 ? sum / count : 0;
}

void HeardTally::fill_gain(Heard& heard) {
  heard.gain_db = percentile(gains_db_, 0.5);
  heard.gain_drop_db = heard.gain_db - percentile(gains_db_, 0.01);
  heard.gain_rise_db = percentile(gains_db_, 0.99) - heard.gain_db;
}

void HeardTally::fill_equaliser(Heard& heard) const {
  std::vector<float> all, bass, treble, compared;
  for (std::size_t band = 0; band < equaliser_db_.size(); ++band) {
    const auto level = static_cast<float>(equaliser_db_[band] / frames_);
    if (std::abs(level) >= lacking_db) continue;  // the end of one's spectrum
    const double hz = bands_.centre_hz(band);
    all.push_back(level);
    if (hz < bass_end_hz) bass.push_back(level);
    if (hz >= middle_end_hz) treble.push_back(level);
    if (hz < residual_end_hz) compared.push_back(level);
  }
  const double middle = percentile(all, 0.5);
  heard.gain_db += middle;
  if (!bass.empty()) heard.bass_db = percentile(bass, 0.5) - middle;
  if (!treble.empty()) heard.treble_db = percentile(treble, 0.5) - middle;
  heard.equaliser_db = spread(compared);
}

double HeardTally::limit_hz(const std::vector<double>& levels) const {
  double loudest = -200;
  for (const double level : levels) loudest = std::max(loudest, level / frames_);
  double limit = 0;
  for (std::size_t band = 0; band < levels.size(); ++band)
    if (levels[band] / frames_ > loudest - audible_below_loudest_db)
      limit =
          static_cast<double>(bands_.edges[band + 1]) * bands_.rate_hz / static_cast<double>(bands_.window);
  return limit;
}

void HeardTally::fill(Heard& heard) {
  if (frames_ == 0) return;
  heard.compared_s = frames_ / bands_.frames_per_s();
  heard.channels = channels_.channels(usual_residual(ListenChannel::side, 0, residual_end_hz));
  heard.width_db = channels_.width_db();
  const bool mono = heard.channels == HeardChannels::a_is_mono || heard.channels == HeardChannels::b_is_mono;
  Strengths& strengths = mono ? mid_alone_ : both_channels_;
  heard.bursts = strengths.bursts;
  heard.usual_strength = percentile(strengths.of_frames, 0.99);
  heard.residual = usual_residual(ListenChannel::mid, 0, residual_end_hz);
  heard.treble_residual = usual_residual(ListenChannel::mid, middle_end_hz, bands_.rate_hz);
  heard.treble_difference_db = percentile(treble_differences_db_, 0.5);
  heard.fade_in_s = seconds_of(fades_.in, bands_.frames_per_s());
  heard.fade_out_s = seconds_of(fades_.out, bands_.frames_per_s());
  fill_gain(heard);
  fill_equaliser(heard);
  heard.limit_a_hz = limit_hz(band_a_db_);
  heard.limit_b_hz = limit_hz(band_b_db_);
}

}  // namespace echofold
