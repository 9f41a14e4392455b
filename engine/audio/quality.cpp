// Combines what the samples show with how the stream ended.
#include "engine/audio/quality.h"

#include <cmath>
#include <cstdint>

#include "engine/audio/cutoff.h"
#include "engine/audio/loud_windows.h"
#include "engine/audio/spectrum_curve.h"
#include "engine/audio/stream_end.h"

namespace echofold {
namespace {

void put_signal(AudioQuality& quality, const SignalMeter& meter) {
  quality.clipped_runs = meter.clipped_runs();
  quality.dual_mono = meter.channels().dual_mono();
  quality.used_bits = static_cast<std::uint16_t>(meter.used_bits());
  quality.sounding_channels = static_cast<std::uint16_t>(meter.sounding_channels());
  quality.distinct_channels = static_cast<std::uint16_t>(meter.distinct_channels());
  if (!meter.spectrogram()) return;
  const LoudWindows windows(*meter.spectrogram());
  quality.spectrum_curve = spectrum_curve(windows);
  const Cutoff cutoff = find_cutoff(windows);
  quality.spectrum_windows = cutoff.windows;
  quality.cutoff_hz = static_cast<std::uint32_t>(std::lround(cutoff.hz));
  quality.edge_db = cutoff.edge_db;
  quality.floor_db = cutoff.floor_db;
  quality.floor_spread_db = cutoff.floor_spread_db;
  quality.cliff_share = cutoff.cliff_share;
}

}  // namespace

AudioQuality measure_quality(const Input& input, const Decoded& decoded, const SignalMeter& meter) {
  AudioQuality quality;
  put_signal(quality, meter);
  const StreamEnd end = judge_end(input, decoded);
  quality.frames_skipped = decoded.frames_skipped - (end.damaged_end ? 0 : decoded.rest.skipped);
  quality.header_duration_s = end.claimed_s;
  quality.truncated = end.truncated;
  return quality;
}

}  // namespace echofold
