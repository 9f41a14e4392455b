// swresample with the settings of fpcalc: another filter would be another fingerprint.
#pragma once

#include <cstddef>

#include "engine/audio/libav.h"

namespace echofold {

/// Samples on both sides of swresample; its own mixing makes one channel of them.
struct SwrFormat {
  AVSampleFormat in = AV_SAMPLE_FMT_S16;
  int in_rate_hz = 0;
  AVSampleFormat out = AV_SAMPLE_FMT_S16;
  int out_rate_hz = 0;
};

/// To mono. Null when swresample can't do it: a layout that it can't mix.
av::Resampler make_swr(const SwrFormat& format, const AVChannelLayout& layout);

/// Taps of its filter at the input's rate, where that is the higher one.
std::size_t swr_filter_length(int in_rate_hz, int out_rate_hz);
/// Filters that it keeps: where the rates' ratio needs no more, each output has exactly one of them.
inline constexpr int swr_phases = 256;

}  // namespace echofold
