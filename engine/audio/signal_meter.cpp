// One pass over whole-number samples, and a look at every eighth of a second.
#include "engine/audio/signal_meter.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <type_traits>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {
namespace {

constexpr std::uint32_t shortest_clipped_run = 3;

/// -85 dB: what dither of its own does to each channel, and less than any real second channel carries.
constexpr double largest_difference = 3.2e-9;

/// 16 bits: the last step. 32 bits: the last step of 16, whatever width the samples in it have.
template <class Sample>
constexpr Sample full_scale_from = std::numeric_limits<Sample>::max();
template <>
constexpr std::int32_t full_scale_from<std::int32_t> = 0x7FFF0000;

template <class Sample>
bool at_full_scale(Sample sample) noexcept {
  return sample >= full_scale_from<Sample> || sample <= -full_scale_from<Sample> - 1;
}

template <class Sample>
float to_float(Sample sample) noexcept {
  if constexpr (std::is_floating_point_v<Sample>)
    return static_cast<float>(sample);
  else
    return static_cast<float>(sample) * (-1.0F / static_cast<float>(std::numeric_limits<Sample>::min()));
}

loops::Levels levels_of(const std::int16_t* samples, std::size_t count) noexcept {
  return sample_loops().levels_s16(samples, count);
}
loops::Levels levels_of(const std::int32_t* samples, std::size_t count) noexcept {
  return sample_loops().levels_s32(samples, count);
}

void mix(const std::int16_t* a, const std::int16_t* b, std::size_t step, std::size_t count,
         float* out) noexcept {
  sample_loops().mix_s16(a, b, step, count, out);
}
void mix(const std::int32_t* a, const std::int32_t* b, std::size_t step, std::size_t count,
         float* out) noexcept {
  sample_loops().mix_s32(a, b, step, count, out);
}
void mix(const float* a, const float* b, std::size_t step, std::size_t count, float* out) noexcept {
  sample_loops().mix_float(a, b, step, count, out);
}
void mix(const double* a, const double* b, std::size_t step, std::size_t count, float* out) noexcept {
  for (std::size_t i = 0; i < count; ++i) out[i] = (to_float(a[i * step]) + to_float(b[i * step])) / 2;
}

}  // namespace

/// The samples of one frame: channel c's i-th is channel(c)[i * step].
template <class Sample>
struct SignalMeter::Block {
  const AVFrame& frame;
  bool planar;
  std::size_t count = static_cast<std::size_t>(frame.nb_samples);
  int channels = frame.ch_layout.nb_channels;
  std::size_t step = planar ? 1 : static_cast<std::size_t>(channels);

  const Sample* channel(int c) const noexcept {
    const auto* first = reinterpret_cast<const Sample*>(frame.extended_data[planar ? c : 0]);
    return planar ? first : first + c;
  }
};

void SignalMeter::take(const AVFrame& frame) {
  if (format_ < 0) {
    format_ = frame.format;
    rate_hz_ = frame.sample_rate;
    channels_ = frame.ch_layout.nb_channels;
    run_.resize(static_cast<std::size_t>(channels_));
    spectrogram_.emplace(rate_hz_);
    window_.reserve(spectrogram_->window_samples());
  }
  if (frame.format != format_ || frame.sample_rate != rate_hz_ || frame.ch_layout.nb_channels != channels_)
    return;
  const auto format = static_cast<AVSampleFormat>(format_);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_S16:
      return measure<std::int16_t>(frame, planar);
    case AV_SAMPLE_FMT_S32:
      return measure<std::int32_t>(frame, planar);
    case AV_SAMPLE_FMT_FLT:
      return measure<float>(frame, planar);
    case AV_SAMPLE_FMT_DBL:
      return measure<double>(frame, planar);
    default:
      return;  // 8 and 64 bits: no codec for music
  }
}

template <class Sample>
void SignalMeter::measure(const AVFrame& frame, bool planar) {
  const Block<Sample> block{frame, planar};
  block_clean_ = true;
  if constexpr (std::is_integral_v<Sample>) note_levels(block);
  if (same_ && channels_ == 2) same_ = mean_square_of_difference(block) <= largest_difference;
  collect(block);
}

/// Mean square of (left - right) / 2: a block of real stereo ends the search, so that few are looked at.
template <class Sample>
double SignalMeter::mean_square_of_difference(const Block<Sample>& block) {
  const Sample *left = block.channel(0), *right = block.channel(1);
  float sum = 0;
  for (std::size_t i = 0; i < block.count * block.step; i += block.step) {
    const float half = (to_float(left[i]) - to_float(right[i])) / 2;
    sum += half * half;
  }
  return block.count == 0 ? 0 : sum / static_cast<double>(block.count);
}

template <class Sample>
void SignalMeter::note_levels(const Block<Sample>& block) {
  loops::Levels levels;
  const std::size_t in_a_plane = block.count * block.step;
  for (int c = 0; c < (block.planar ? block.channels : 1); ++c) {
    const loops::Levels here = levels_of(block.channel(c), in_a_plane);
    levels = {std::max(levels.highest, here.highest), std::min(levels.lowest, here.lowest),
              levels.bits | here.bits};
  }
  constexpr int unused = 32 - std::numeric_limits<Sample>::digits - 1;
  bits_ |= levels.bits << unused;
  block_clean_ = !at_full_scale(static_cast<Sample>(levels.highest)) &&
                 !at_full_scale(static_cast<Sample>(levels.lowest));
  for (int c = 0; c < block.channels; ++c) {
    if (block_clean_)
      run_[static_cast<std::size_t>(c)] = 0;
    else
      count_clipped(block, c);
  }
}

template <class Sample>
void SignalMeter::count_clipped(const Block<Sample>& block, int channel) {
  std::uint32_t& run = run_[static_cast<std::size_t>(channel)];
  const Sample* samples = block.channel(channel);
  for (std::size_t i = 0; i < block.count * block.step; i += block.step) {
    run = at_full_scale(samples[i]) ? run + 1 : 0;
    if (run == shortest_clipped_run) ++clipped_runs_;
  }
}

template <class Sample>
void SignalMeter::collect(const Block<Sample>& block) {
  const Sample *left = block.channel(0), *right = block.channel(block.channels > 1 ? 1 : 0);
  const std::size_t size = spectrogram_->window_samples();
  for (std::size_t at = 0; at < block.count;) {
    if (until_window_ > 0) {
      const std::size_t skipped = std::min(until_window_, block.count - at);
      until_window_ -= skipped;
      at += skipped;
      continue;
    }
    if (window_.empty()) window_clean_ = true;
    window_clean_ = window_clean_ && block_clean_;
    const std::size_t count = std::min(size - window_.size(), block.count - at), before = window_.size();
    window_.resize(before + count);
    mix(left + at * block.step, right + at * block.step, block.step, count, window_.data() + before);
    at += count;
    if (window_.size() < size) continue;
    spectrogram_->add(window_, window_clean_);
    window_.clear();
    until_window_ = spectrogram_->period_samples() - size;
  }
}

unsigned SignalMeter::used_bits() const noexcept {
  return bits_ == 0 ? 0 : 32 - static_cast<unsigned>(std::countr_zero(bits_));
}

}  // namespace echofold
