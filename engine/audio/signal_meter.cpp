// One pass over whole-number samples, and one window every eighth of a second.
#include "engine/audio/signal_meter.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <type_traits>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {
namespace {

constexpr std::uint32_t shortest_clipped_run = 3;

/// -85 dB: the difference that dither makes between channels, and less than any real second channel carries. Dither
/// and rounding of 8 bits: -45 dB.
constexpr double noise_of_a_channel = 3.2e-9, noise_of_8_bits = 3.2e-5;
/// -75 dB: above the strongest usual dither of 16 bits, and inaudible. Dither of 8 bits: -42 dB.
constexpr double silence_is_below = 3.2e-8, silence_of_8_bits_is_below = 6.3e-5;

/// Encoders put noise in place of music from 4 kHz on, and round each channel most coarsely above 1 kHz. Below 100 Hz
/// music is mono.
constexpr double band_from_hz = 100, band_to_hz = 1000;

constexpr unsigned bits_of_a_byte = 8;

/// 16 bits: the last step. 32 bits: the last step of 16 bits, whatever the width of the samples.
constexpr std::int32_t full_scale_from(AVSampleFormat packed) noexcept {
  switch (packed) {
    case AV_SAMPLE_FMT_U8:
      return 0x7F00;  // on the 16-bit scale
    case AV_SAMPLE_FMT_S16:
      return 0x7FFF;
    default:
      return 0x7FFF0000;
  }
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

loops::Powers powers_of(const std::int16_t* a, const std::int16_t* b, std::size_t step,
                        std::size_t count) noexcept {
  return sample_loops().powers_s16(a, b, step, count);
}
loops::Powers powers_of(const std::int32_t* a, const std::int32_t* b, std::size_t step,
                        std::size_t count) noexcept {
  return sample_loops().powers_s32(a, b, step, count);
}
loops::Powers powers_of(const float* a, const float* b, std::size_t step, std::size_t count) noexcept {
  return sample_loops().powers_float(a, b, step, count);
}
loops::Powers powers_of(const double* a, const double* b, std::size_t step, std::size_t count) noexcept {
  loops::Powers powers;
  for (std::size_t i = 0; i < count * step; i += step) {
    const double mean = (a[i] + b[i]) / 2, half_difference = (a[i] - b[i]) / 2;
    powers.a += a[i] * a[i];
    powers.b += b[i] * b[i];
    powers.mean += mean * mean;
    powers.half_difference += half_difference * half_difference;
  }
  return powers;
}

}  // namespace

/// The samples of one frame: sample i of channel c is channel(c)[i * step].
template <class Sample>
struct SignalMeter::Block {
  bool planar;
  int channels;
  std::size_t count;
  std::size_t step;
  std::uint8_t* const* planes = nullptr;
  const Sample* copied = nullptr;  ///< replaces `planes`: one channel after the other

  Block(const AVFrame& frame, bool is_planar)
      : planar(is_planar),
        channels(frame.ch_layout.nb_channels),
        count(static_cast<std::size_t>(frame.nb_samples)),
        step(planar ? 1 : static_cast<std::size_t>(channels)),
        planes(frame.extended_data) {}

  std::size_t in_a_plane() const noexcept { return count * step; }
  std::size_t plane_count() const noexcept { return planar ? static_cast<std::size_t>(channels) : 1; }
  const Sample* plane(std::size_t p) const noexcept {
    return copied != nullptr ? copied + p * in_a_plane() : reinterpret_cast<const Sample*>(planes[p]);
  }
  const Sample* channel(int c) const noexcept {
    return planar ? plane(static_cast<std::size_t>(c)) : plane(0) + c;
  }

  /// The same frame with converted samples. `to` stores the results of `convert`.
  template <class Other>
  Block<Other> converted(std::vector<Other>& to, Other (*convert)(Sample)) const {
    to.resize(plane_count() * in_a_plane());
    for (std::size_t p = 0; p < plane_count(); ++p)
      std::transform(plane(p), plane(p) + in_a_plane(), to.data() + p * in_a_plane(), convert);
    return {planar, channels, count, step, to.data()};
  }

  Block(bool is_planar, int of_channels, std::size_t of_count, std::size_t of_step, const Sample* samples)
      : planar(is_planar), channels(of_channels), count(of_count), step(of_step), copied(samples) {}
};

void SignalMeter::start(const AVFrame& frame) {
  format_ = frame.format;
  rate_hz_ = frame.sample_rate;
  channels_ = frame.ch_layout.nb_channels;
  run_.resize(static_cast<std::size_t>(channels_));
  const AVSampleFormat packed = av_get_packed_sample_fmt(static_cast<AVSampleFormat>(format_));
  full_scale_from_ = full_scale_from(packed);
  channel_meter_ = ChannelMeter(static_cast<std::size_t>(channels_),
                                packed == AV_SAMPLE_FMT_U8 ? noise_of_8_bits : noise_of_a_channel, coding_);
  spectrogram_.emplace(rate_hz_);
  window_.reserve(spectrogram_->window_samples());
  if (!channel_meter_.may_need_bands()) return;
  const std::size_t size = spectrogram_->window_samples();
  band_power_.emplace(size, rate_hz_, band_from_hz, band_to_hz);
  channel_windows_.assign(channel_meter_.channels(), std::vector<float>(size));
  mean_.resize(size);
  half_difference_.resize(size);
}

void SignalMeter::add(const AVFrame& frame) {
  if (format_ < 0) start(frame);
  if (frame.format != format_ || frame.sample_rate != rate_hz_ || frame.ch_layout.nb_channels != channels_)
    return;
  const auto format = static_cast<AVSampleFormat>(format_);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
      return measure_8_bits(frame, planar);
    case AV_SAMPLE_FMT_S16:
      return measure(Block<std::int16_t>(frame, planar));
    case AV_SAMPLE_FMT_S32:
      return measure(Block<std::int32_t>(frame, planar));
    case AV_SAMPLE_FMT_S64:
      return measure_64_bits(frame, planar);
    case AV_SAMPLE_FMT_FLT:
      return measure(Block<float>(frame, planar));
    case AV_SAMPLE_FMT_DBL:
      return measure(Block<double>(frame, planar));
    default:
      return;
  }
}

void SignalMeter::measure_8_bits(const AVFrame& frame, bool planar) {
  constexpr auto widen = [](std::uint8_t sample) -> std::int16_t {
    return static_cast<std::int16_t>((sample - 128) * 256);
  };
  measure(Block<std::uint8_t>(frame, planar).converted<std::int16_t>(widened_, widen));
}

void SignalMeter::measure_64_bits(const AVFrame& frame, bool planar) {
  constexpr auto upper_half = [](std::int64_t sample) { return static_cast<std::int32_t>(sample >> 32); };
  const Block<std::int64_t> block(frame, planar);
  for (std::size_t p = 0; p < block.plane_count(); ++p)
    for (std::size_t i = 0; i < block.in_a_plane(); ++i)
      bits_ |= static_cast<std::uint64_t>(block.plane(p)[i]);
  measure(block.converted<std::int32_t>(of_64_bits_, upper_half));
}

template <class Sample>
void SignalMeter::measure(const Block<Sample>& block) {
  block_clean_ = true;
  if constexpr (std::is_integral_v<Sample>) note_levels(block);
  collect(block);
}

template <class Sample>
void SignalMeter::note_levels(const Block<Sample>& block) {
  loops::Levels levels;
  for (std::size_t p = 0; p < block.plane_count(); ++p) {
    const loops::Levels here = levels_of(block.plane(p), block.in_a_plane());
    levels = {std::max(levels.highest, here.highest), std::min(levels.lowest, here.lowest),
              levels.bits | here.bits};
  }
  constexpr int unused = 64 - std::numeric_limits<Sample>::digits - 1;
  bits_ |= std::uint64_t{levels.bits} << unused;
  block_clean_ = levels.highest < full_scale_from_ && levels.lowest >= -full_scale_from_;
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
  for (std::size_t i = 0; i < block.in_a_plane(); i += block.step) {
    const std::int32_t sample = samples[i];
    run = sample >= full_scale_from_ || sample < -full_scale_from_ ? run + 1 : 0;
    if (run == shortest_clipped_run) ++clipped_runs_;
  }
}

template <class Sample>
void SignalMeter::collect(const Block<Sample>& block) {
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
    const std::size_t count = std::min(size - window_.size(), block.count - at);
    look_at(block, at, count);
    at += count;
    if (window_.size() < size) continue;
    spectrogram_->add(window_, window_clean_);
    measure_bands();
    channel_meter_.close_window(size);
    window_.clear();
    until_window_ = spectrogram_->period_samples() - size;
  }
}

/// Adds samples to the current window.
template <class Sample>
void SignalMeter::look_at(const Block<Sample>& block, std::size_t at, std::size_t count) {
  const auto from = [&](std::size_t c) { return block.channel(static_cast<int>(c)) + at * block.step; };
  const std::size_t before = window_.size();
  window_.resize(before + count);
  mix(from(0), from(block.channels > 1 ? 1 : 0), block.step, count, window_.data() + before);
  if (channel_meter_.may_need_bands()) store_channels(block, at, count, before);
  for (ChannelMeter::Pair& pair : channel_meter_.pairs()) {
    const loops::Powers powers = powers_of(from(pair.a), from(pair.b), block.step, count);
    pair.window.a += powers.a;
    pair.window.b += powers.b;
    pair.window.mean += powers.mean;
    pair.window.half_difference += powers.half_difference;
  }
}

template <class Sample>
void SignalMeter::store_channels(const Block<Sample>& block, std::size_t at, std::size_t count,
                                 std::size_t before) {
  for (int c = 0; c < block.channels; ++c) {
    const Sample* from = block.channel(c) + at * block.step;
    float* to = channel_windows_[static_cast<std::size_t>(c)].data() + before;
    for (std::size_t i = 0; i < count; ++i) to[i] = to_float(from[i * block.step]);
  }
}

void SignalMeter::measure_bands() {
  for (ChannelMeter::Pair& pair : channel_meter_.pairs()) {
    if (!channel_meter_.needs_band(pair, window_.size())) continue;
    const std::vector<float>&a = channel_windows_[pair.a], &b = channel_windows_[pair.b];
    for (std::size_t i = 0; i < mean_.size(); ++i) {
      mean_[i] = (a[i] + b[i]) / 2;
      half_difference_[i] = (a[i] - b[i]) / 2;
    }
    pair.band = {band_power_->of(mean_), band_power_->of(half_difference_)};
  }
}

unsigned SignalMeter::used_bits() const noexcept {
  return bits_ == 0 ? 0 : 64 - static_cast<unsigned>(std::countr_zero(bits_));
}

double SignalMeter::silence_floor() const noexcept {
  const unsigned bits = used_bits();
  return bits > 0 && bits <= bits_of_a_byte ? silence_of_8_bits_is_below : silence_is_below;
}

}  // namespace echofold
