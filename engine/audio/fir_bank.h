// The filter that swresample uses between two rates, read from swresample itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/audio/simd/loop_functions.h"

namespace echofold {

/// Taps are floats, or 16-bit numbers with 15 fractional bits: swresample has a filter for each.
template <class Tap>
struct FirBank {
  std::vector<Tap> taps;   ///< phase by phase, each padded with zeros to `padded`
  std::size_t length = 0;  ///< taps in a phase
  std::size_t padded = 0;
  std::size_t phases = 0, step = 0;  ///< output rate : input rate = phases : step

  loops::Filter<Tap> filter() const noexcept { return {taps.data(), padded, phases, step}; }
  /// How many samples the filter of an output takes before that output's position.
  std::size_t before() const noexcept { return (length - 1) / 2; }
};

/// Whether each output of swresample between these rates has a filter of its own, so that nothing is interpolated.
bool has_fir_bank(int in_rate_hz, int out_rate_hz) noexcept;

/// @param in_rate_hz  above out_rate_hz; has_fir_bank() must be true for the two
/// @throws std::bad_alloc
template <class Tap>
FirBank<Tap> read_fir_bank(int in_rate_hz, int out_rate_hz);

}  // namespace echofold
