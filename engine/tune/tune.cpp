// See tune.h.
#include "engine/tune/tune.h"

#include <algorithm>

namespace echofold {

TuneResult tune(const LabelledSet& set, const LoadedTracks& tracks, const TuneSettings& settings,
                const Progress& progress, const std::stop_token& stop) {
  const Thresholds& current = settings.match.join.thresholds;
  TuneResult result;
  result.settings = settings;
  result.measured = measure_pairs(set, tracks, settings.match, progress, stop);
  result.automatic = sweep_auto(result.measured, current);
  result.advice = advise_auto(result.automatic, current.auto_similarity, settings.false_moves);
  result.recommended = current;
  result.recommended.auto_similarity = result.advice.value;
  result.recommended.review_similarity = std::min(current.review_similarity, result.advice.value);
  result.review = sweep_review(result.measured, result.recommended);
  result.recommended.review_similarity = advise_review(result.review, result.recommended.review_similarity);
  return result;
}

}  // namespace echofold
