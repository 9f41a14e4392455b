// Thresholds over measurements; docs/QUALITY.md has the experiment behind each.
#include "engine/dedupe/quality_signs.h"

#include <fmt/format.h>

#include <algorithm>

namespace echofold {
namespace {

// The range of the cut-off of a codec. Below it, radio, long-play tape and old digital recorders end as sharply.
// Above it, the filters of converters and of honest resampling do.
constexpr std::uint32_t lowest_codec_cutoff_hz = 15'900, highest_codec_cutoff_hz = 20'700;
constexpr double sharp_edge_db = 25;  // gentle slopes of honest music fall up to 14 dB there
// At a sample rate of 32 kHz the spectrum ends below this, as sharply as with a codec, but without holes further down.
constexpr std::uint32_t end_of_32_khz_hz = 16'300;
constexpr double some_cliffs = 0.1;
constexpr double some_edge_db = 5;
constexpr double many_cliffs = 0.4;
constexpr double empty_floor_db = -93;        // rounding to 16 bits with the strongest usual dither, and less
constexpr double heard_floor_db = -80;        // a hiss this loud is sound
constexpr double steady_floor_db = 10;        // a floor that rises by less does not follow the music
constexpr std::uint32_t fewest_windows = 32;  // 8 s

constexpr std::uint32_t double_rate_from_hz = 88'200;
constexpr std::uint32_t lowest_plain_nyquist_hz = 20'000;
constexpr std::uint32_t nyquist_of_44_hz = 22'400, nyquist_of_48_hz = 24'500;  // with a band of tolerance

// The slope of a resampler from 48 kHz ends below this.
constexpr std::uint32_t highest_slope_hz = 28'000;
constexpr double stands_out_db = 6;  // less than this above the noise of rounding is not sound

constexpr double clipped_runs_a_minute = 10;
constexpr unsigned cd_bits = 16, early_bits = 8;
constexpr unsigned most_bits_of_music = 24;  // what converters and masters have; floating point holds no more

/// True if there is only the noise of rounding above the cut-off, however loud the music is.
bool empty_above(const AudioQuality& q) {
  return q.spectrum_windows >= fewest_windows && q.floor_db <= empty_floor_db &&
         q.floor_spread_db <= steady_floor_db;
}

/// True if the measured cut-off is an end, not a step down to a hiss that goes on up to half the sample rate.
bool has_end(const AudioQuality& q) noexcept { return q.cutoff_hz > 0 && q.floor_db < heard_floor_db; }

/// True if the top is empty and either its edge is sharp or there are holes below it as an encoder leaves them.
bool is_transcode(const TrackRecord& track) {
  const AudioQuality& q = track.quality;
  const bool codec_cutoff = q.cutoff_hz >= lowest_codec_cutoff_hz && q.cutoff_hz <= highest_codec_cutoff_hz;
  const bool cut = q.edge_db >= sharp_edge_db || (q.edge_db >= some_edge_db && q.cliff_share >= many_cliffs);
  const bool from_32_khz = q.cutoff_hz <= end_of_32_khz_hz && q.cliff_share < some_cliffs;
  return track.properties.lossless && codec_cutoff && !from_32_khz && empty_above(q) && cut;
}

bool is_upsampled(const TrackRecord& track) {
  const AudioQuality& q = track.quality;
  return track.properties.lossless && track.properties.sample_rate_hz >= double_rate_from_hz &&
         q.cutoff_hz >= lowest_plain_nyquist_hz && q.cutoff_hz <= nyquist_of_48_hz && empty_above(q) &&
         q.edge_db >= sharp_edge_db;
}

bool is_clipped(const TrackRecord& track) {
  return track.properties.lossless && track.properties.duration_s > 0 &&
         track.quality.clipped_runs >= clipped_runs_a_minute * track.properties.duration_s / 60;
}

bool has_padded_bits(const TrackRecord& track) {
  const unsigned bits = track.properties.bits_per_sample, used = track.quality.used_bits;
  if (!track.properties.lossless || !bits_measured(track)) return false;
  return (bits > cd_bits && used <= cd_bits) || (bits > early_bits && used <= early_bits);
}

/// Records of older versions only have whether two channels differ. If nothing of a file could be measured, they say
/// that the channels don't.
bool is_dual_mono(const TrackRecord& track) {
  const AudioQuality& q = track.quality;
  if (track.properties.channels < 2 || track.status == TrackStatus::silent) return false;
  if (channels_measured(track)) return q.sounding_channels > 1 && q.distinct_channels == 1;
  return track.properties.channels == 2 && q.dual_mono && (q.spectrum_windows > 0 || q.used_bits > 0);
}

bool has_silent_channels(const TrackRecord& track) {
  return channels_measured(track) && track.quality.sounding_channels < track.properties.channels;
}

constexpr QualitySign all_signs[] = {
    QualitySign::damaged,   QualitySign::truncated, QualitySign::transcode,       QualitySign::padded_bits,
    QualitySign::upsampled, QualitySign::dual_mono, QualitySign::silent_channels, QualitySign::clipped};

}  // namespace

bool has_sign(const TrackRecord& track, QualitySign sign) {
  switch (sign) {
    case QualitySign::damaged:
      return track.quality.frames_skipped > 0;
    case QualitySign::truncated:
      return track.quality.truncated;
    case QualitySign::transcode:
      return is_transcode(track);
    case QualitySign::padded_bits:
      return has_padded_bits(track);
    case QualitySign::upsampled:
      return is_upsampled(track);
    case QualitySign::dual_mono:
      return is_dual_mono(track);
    case QualitySign::silent_channels:
      return has_silent_channels(track);
    case QualitySign::clipped:
      break;
  }
  return is_clipped(track);
}

std::string sign_text(const TrackRecord& track, QualitySign sign) {
  const AudioQuality& q = track.quality;
  switch (sign) {
    case QualitySign::damaged:
      return fmt::format("damaged: {} bad frame{}", q.frames_skipped, q.frames_skipped == 1 ? "" : "s");
    case QualitySign::truncated:
      return q.header_duration_s > track.properties.duration_s + 1
                 ? fmt::format("truncated: {:.1f} s less than its header says",
                               q.header_duration_s - track.properties.duration_s)
                 : "truncated: ends in the middle of a frame";
    case QualitySign::transcode:
      return "suspected transcode: nothing above " + khz_text(q.cutoff_hz);
    case QualitySign::padded_bits:
      return fmt::format("only {} of {} bits used", q.used_bits, track.properties.bits_per_sample);
    case QualitySign::upsampled:
      return "upsampled: nothing above " + khz_text(q.cutoff_hz);
    case QualitySign::dual_mono:
      return cancels_in_mono(track) ? "dual mono: one channel is the other inverted" : "dual mono";
    case QualitySign::silent_channels:
      return fmt::format("sound in {} of {} channels", q.sounding_channels, track.properties.channels);
    case QualitySign::clipped:
      break;
  }
  return fmt::format("clipped: {} times", q.clipped_runs);
}

std::vector<std::string> sign_texts(const TrackRecord& track) {
  std::vector<std::string> texts;
  for (const QualitySign sign : all_signs)
    if (has_sign(track, sign)) texts.push_back(sign_text(track, sign));
  return texts;
}

unsigned carried_bits(const TrackRecord& track) {
  const unsigned bits = track.properties.bits_per_sample;
  if (is_dsd(track)) return most_bits_of_music;
  if (!bits_measured(track)) return std::min(bits, most_bits_of_music);
  // A quiet or faded file may leave a bit or two unused: its bit depth is still the same.
  const unsigned used = track.quality.used_bits;
  return std::min(bits, used <= early_bits ? early_bits : std::max(used, cd_bits));
}

unsigned carried_rate_hz(const TrackRecord& track) {
  const std::uint32_t rate = track.properties.sample_rate_hz;
  const AudioQuality& q = track.quality;
  if (!track.properties.lossless || !spectrum_measured(track) || !has_end(q)) return rate;
  if (rate >= double_rate_from_hz) {
    const bool ultrasonic = q.cutoff_hz > highest_slope_hz && q.edge_db >= stands_out_db;
    return ultrasonic ? rate : 44'100;
  }
  return q.cutoff_hz <= nyquist_of_44_hz ? std::min<std::uint32_t>(rate, 44'100) : rate;
}

unsigned carried_channels(const TrackRecord& track) {
  const unsigned channels = track.properties.channels;
  if (channels_measured(track)) return std::min<unsigned>(channels, track.quality.distinct_channels);
  return is_dual_mono(track) ? 1 : channels;
}

bool spectrum_measured(const TrackRecord& track) noexcept {
  return track.quality.spectrum_windows >= fewest_windows;
}

bool bits_measured(const TrackRecord& track) noexcept { return track.quality.used_bits > 0; }

bool channels_measured(const TrackRecord& track) noexcept { return track.quality.distinct_channels > 0; }

bool is_dsd(const TrackRecord& track) noexcept { return track.properties.codec.starts_with("dsd_"); }

bool cancels_in_mono(const TrackRecord& track) noexcept { return track.quality.mix != Mix::mono; }

bool ends_sharply(const AudioQuality& quality) noexcept {
  return has_end(quality) && quality.edge_db >= sharp_edge_db;
}

std::uint32_t reach_hz(const TrackRecord& track) noexcept {
  const std::uint32_t half_rate = track.properties.sample_rate_hz / 2;
  const bool ends = spectrum_measured(track) && has_end(track.quality);
  return ends ? std::min(track.quality.cutoff_hz, half_rate) : half_rate;
}

std::string khz_text(std::uint32_t hz) { return fmt::format("{:.1f} kHz", hz / 1000.0); }

}  // namespace echofold
