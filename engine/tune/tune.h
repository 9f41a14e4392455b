// From labelled pairs to recommended thresholds: measure, sweep, recommend.
#pragma once

#include <stop_token>

#include "engine/tune/measure.h"
#include "engine/tune/recommend.h"
#include "engine/tune/sweep.h"

namespace echofold {

struct TuneSettings {
  MatchSettings match;  ///< with the thresholds in use
  double false_moves =
      1e-5;  ///< the wanted rate: at most this share of the pairs that are not `same`; 0 < .. < 1
};

struct TuneResult {
  TuneSettings settings;
  Measurements measured;
  Sweep automatic;  ///< of auto_similarity
  Sweep review;     ///< of review_similarity, at the recommended auto_similarity
  AutoAdvice advice;
  Thresholds recommended;  ///< those in use, except auto_similarity and review_similarity
};

/// @throws Error Fault::interrupted
TuneResult tune(const LabelledSet& set, const LoadedTracks& tracks, const TuneSettings& settings,
                const Progress& progress = {}, const std::stop_token& stop = {});

}  // namespace echofold
