// The evidence of the pairs of a labelled set, each pair measured once.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/dedupe/match.h"
#include "engine/tune/labelled_set.h"
#include "engine/tune/tracks.h"
#include "index/base/progress.h"
#include "index/model/evidence.h"
#include "index/pair/relation.h"

namespace echofold {

struct MeasuredPair {
  std::size_t a = 0, b = 0;  ///< in LoadedTracks::tracks
  Label label = Label::same;
  std::string treatment;
  bool titles_differ = false;  ///< title_guard has a reason: never `auto`
  Evidence evidence;           ///< of (a, b)
};

/// Judges a pair as a plan would, title guard included.
Judgement judge(const MeasuredPair& pair, const Thresholds& thresholds);

struct Measurements {
  std::vector<MeasuredPair>
      pairs;                   ///< the labelled ones in their order, then those without a label by (a, b)
  std::uint64_t labelled = 0;  ///< how many of `pairs` have a label of their own
  std::uint64_t never_offered = 0;  ///< pairs without a label that are no candidates: different, never moved
  std::uint64_t left_out = 0;       ///< labelled pairs with a file that failed
};

/// Labelled pairs are compared at every offset, as `compare` does. With a manifest, all pairs without a label that
/// share no original are different: `join`, on an index in memory, finds the candidates among them, and the others
/// are only counted. Identical fingerprints are collapsed as in a library. The result does not depend on the number
/// of threads.
/// @throws Error Fault::interrupted
Measurements measure_pairs(const LabelledSet& set, const LoadedTracks& tracks, const MatchSettings& settings,
                           const Progress& progress = {}, const std::stop_token& stop = {});

}  // namespace echofold
