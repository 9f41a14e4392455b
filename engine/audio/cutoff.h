// Where a file's spectrum ends, how abruptly, and what is left above.
#pragma once

#include <cstdint>

#include "engine/audio/loud_windows.h"

namespace echofold {

/// All zero where there are not enough loud windows.
struct Cutoff {
  std::uint32_t windows = 0;   ///< that it was measured in
  double hz = 0;               ///< the highest band that stands out of what is above it ends here
  double edge_db = 0;          ///< how far the level falls from 0.5 to 1 kHz below the cut-off to above it
  double floor_db = 0;         ///< median level above; white noise of 16-bit rounding is -101 to -104
  double floor_spread_db = 0;  ///< how far above its median the floor rises in the loudest tenth of the time
  double cliff_share = 0;  ///< windows in which a band above 8 kHz stands 15 dB over an empty one next to it
};

Cutoff find_cutoff(const LoudWindows& windows);

}  // namespace echofold
