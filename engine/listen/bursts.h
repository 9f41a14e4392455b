// The moments at which two recordings differ more than elsewhere.
#pragma once

#include <vector>

#include "engine/listen/differences.h"
#include "index/model/heard.h"

namespace echofold {

/// How strong the differences of each frame are: the strongest of all tracks, each relative to the largest value that
/// codecs reach in it.
struct StrengthCurve {
  std::vector<float> strength;  ///< a frame; 1: the limit of what codecs do
  std::vector<bool> in_side;    ///< a frame: the strongest track is one of the side channel
};

/// @param with_side  false: the side channel does not count, because one of the two is mono
StrengthCurve strength_curve(const Differences& differences, const ListenBands& bands, bool with_side);

/// The strongest bursts of a curve, the strongest first, at most Heard::most_bursts.
/// @param begin_s  time of the first frame in a
std::vector<HeardBurst> strongest_bursts(const StrengthCurve& curve, const Differences& differences,
                                         double begin_s, double frames_per_s);

}  // namespace echofold
