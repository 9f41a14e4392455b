// Finds the exact speed at which one recording plays beside another.
#pragma once

#include <optional>

#include "engine/audio/stereo_reader.h"

namespace echofold {

/// b's second t is a's second `offset_s + speed * t`.
struct PlayedSpeed {
  double offset_s = 0;
  double speed = 1;
  bool operator==(const PlayedSpeed&) const = default;
};

/// Looks at some blocks of the first five minutes of b. Each is stretched to the expected speed, and to speeds near it,
/// and then has to be the very sound of a at the place where it should be. A line through these places is the speed.
///
/// Fingerprints know the speed to .15 %; this is right to some millionths. Recordings whose speed wavers (wow and
/// flutter) have only a mean speed. A copy whose tempo was changed without its pitch has no block that is the sound of
/// a, and neither has another performance: nothing is found.
/// @param a, b      at their start, without convert_to(); read up to where nothing more is needed
/// @param expected  by the fingerprints
std::optional<PlayedSpeed> find_speed(StereoReader& a, StereoReader& b, const PlayedSpeed& expected);

}  // namespace echofold
