// swresample with the settings of fpcalc: another filter would give other fingerprints.
#pragma once

#include <cstddef>

#include "engine/audio/libav.h"

namespace echofold {

/// Formats on both sides of swresample, which mixes to one channel itself.
struct SwrFormat {
  AVSampleFormat in = AV_SAMPLE_FMT_S16;
  int in_rate_hz = 0;
  AVSampleFormat out = AV_SAMPLE_FMT_S16;
  int out_rate_hz = 0;
};

/// Converts to mono. Null if swresample can't mix this layout.
av::Resampler make_swr(const SwrFormat& format, const AVChannelLayout& layout);

/// Length of its filter in taps at the input's rate, which must be the higher one.
std::size_t swr_filter_length(int in_rate_hz, int out_rate_hz);
/// How many filters it stores: if the ratio of the rates needs no more, each output has exactly one of them.
inline constexpr int swr_phases = 256;

}  // namespace echofold
