// Merged tags: what the keeper lacks and a loser has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/act/rewrite.h"
#include "engine/audio/read_track.h"
#include "index/model/record.h"

namespace echofold {

struct Merged {
  /// What became of the keeper, if there was something to take: it has new tags and this stamp, or could not be written.
  std::optional<Rewritten> rewritten = {};
  std::string note = {};  ///< what was taken, or why nothing can be; empty if there was nothing to take
};

/// Gives `keep` the tags, ReplayGain values and pictures that it lacks, each from the first of `losers` that has it.
/// What `keep` has never changes. What belongs to a release (numbers, dates, its ids, art, album gain) is only taken
/// from a loser with the same album title, or if the keeper has none. A loser that can't be read gives nothing.
/// @param losers  the best first
/// @throws Error  as Rewriter::rewrite
Merged merge_tags(Rewriter& rewriter, const TrackRecord& keep, const std::vector<TrackRecord>& losers,
                  const TrackReader& read);

}  // namespace echofold
