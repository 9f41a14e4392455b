// Where a file's spectrum ends, how abruptly, and what remains above.
#pragma once

#include <cstdint>

#include "engine/audio/loud_windows.h"

namespace echofold {

/// All zero if there are not enough loud windows.
struct Cutoff {
  std::uint32_t windows = 0;   ///< how many were measured
  double hz = 0;               ///< end of the highest band that stands out from what is above it
  double edge_db = 0;          ///< how far the level falls from 0.5 .. 1 kHz below the cutoff to above it
  double floor_db = 0;         ///< median level above; 16-bit rounding as white noise gives -101 to -104
  double floor_spread_db = 0;  ///< how far above its median the floor rises in the loudest tenth of the time
  double cliff_share =
      0;  ///< share of windows in which a band above 8 kHz stands 15 dB over an empty one next to it
};

Cutoff find_cutoff(const LoudWindows& windows);

}  // namespace echofold
