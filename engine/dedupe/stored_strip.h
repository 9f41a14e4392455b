// The bit errors of a pair over time, from the fingerprints that the library has.
#pragma once

#include <cstddef>

#include "index/pair/error_strip.h"
#include "index/store/store.h"

namespace echofold {

/// Where b lies beside a.
struct Placement {
  double offset_s = 0;  ///< where b's audio starts in a's time
  double speed = 1;     ///< b plays so many times as fast as a
};

/// Empty if one of the two has no fingerprint, or is another track by now.
ErrorStrip stored_error_strip(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b,
                              const Placement& placement, std::size_t columns);

}  // namespace echofold
