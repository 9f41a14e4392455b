// Finds pairs of which one track plays faster than the other.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/join/join.h"
#include "index/pair/line.h"

namespace echofold {

/// Adds to `pairs` what lies along a line of another speed: pairs that the other probes have not found, and better
/// evidence for pairs that they took for a version, an edit or too little, or left a doubt about. A pair that is `auto`
/// at one speed stays as it is.
/// @param probes   the new tracks
/// @param library  all tracks, the probes among them or not
/// @param pairs    sorted by (a, b), before and after
/// @throws Error   Fault::interrupted when `stop` is requested
void probe_speeds(std::span<const IndexedTrack> probes, std::span<const IndexedTrack> library,
                  const JoinSettings& settings, std::vector<MatchedPair>& pairs,
                  const Progress& progress = {}, const std::stop_token& stop = {});

/// The evidence along the best of `lines` after refining; nothing if that is no more than chance or one of the speed 1.
std::optional<Evidence> evidence_along(Items a, Items b, std::span<const Line> lines,
                                       const Thresholds& thresholds);

/// Whether two tracks drift apart over the overlap, as far as items can tell.
bool drifts(const Evidence& evidence) noexcept;

/// Whether the evidence at another speed is clearly better than what is known of the pair.
bool explains_more(const Evidence& evidence, const Evidence& known) noexcept;

/// The evidence of two tracks alone: that at another speed, if it is better than `at_one_speed`, else `at_one_speed`.
Evidence best_of_all_speeds(Items a, Items b, const Evidence& at_one_speed, const Thresholds& thresholds);

}  // namespace echofold
