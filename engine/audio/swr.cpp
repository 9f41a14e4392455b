// The options that fpcalc sets, and what follows from them.
#include "engine/audio/swr.h"

#include <cmath>

namespace echofold {
namespace {

constexpr int filter_size = 16;
constexpr int phase_shift = 8;
constexpr double cutoff = 0.8;
static_assert(1 << phase_shift == swr_phases);

}  // namespace

av::Resampler make_swr(const SwrFormat& format, const AVChannelLayout& layout) {
  AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO, from = layout;
  SwrContext* swr = nullptr;
  const int result = swr_alloc_set_opts2(&swr, &mono, format.out, format.out_rate_hz, &from, format.in,
                                         format.in_rate_hz, 0, nullptr);
  av::Resampler owner(swr);
  if (result < 0) return nullptr;
  av_opt_set_int(swr, "resampler", SWR_ENGINE_SWR, 0);
  av_opt_set_int(swr, "filter_size", filter_size, 0);
  av_opt_set_int(swr, "phase_shift", phase_shift, 0);
  av_opt_set_int(swr, "linear_interp", 1, 0);
  av_opt_set_double(swr, "cutoff", cutoff, 0);
  if (swr_init(swr) < 0) return nullptr;
  return owner;
}

std::size_t swr_filter_length(int in_rate_hz, int out_rate_hz) {
  const auto taps = static_cast<std::size_t>(std::ceil(filter_size / (out_rate_hz * cutoff / in_rate_hz)));
  return taps + taps % 2;  // rounded up to an even number
}

}  // namespace echofold
