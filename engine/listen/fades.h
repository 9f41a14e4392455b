// Finds where one of two recordings fades in or out and the other does not.
#pragma once

#include <cstddef>

#include "engine/listen/differences.h"

namespace echofold {

/// A stretch at an end of the recordings, in frames.
struct Fade {
  std::size_t frames = 0;  ///< 0: there is none
  bool of_b = false;       ///< b fades; otherwise a does
};

/// At the first frame one of the two is much softer than the other, and step by step it gets as loud. A recording that
/// is silent at its beginning and then sets in at full level does not fade.
Fade fade_in(const Differences& differences, double frames_per_s);

/// Likewise at the last frame.
Fade fade_out(const Differences& differences, double frames_per_s);

}  // namespace echofold
