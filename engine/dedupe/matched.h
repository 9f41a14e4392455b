// Whether one of two tracks may go for the other, by what the library knows of the pair.
#pragma once

#include <cstdint>

#include "index/model/record.h"
#include "index/pair/relation.h"
#include "index/store/store.h"

namespace echofold {

enum class Matched : std::uint8_t {
  copies,  ///< a pair that may be moved: the same recording, or the same audio, or one that the user decided
  kept_both,  ///< the user said that both stay
  edit,       ///< the rest are pairs that no plan moves
  version,
  insufficient,
  strangers
};

/// What a plan may make of the pair, whichever of the two is the better copy. Bands and titles play no part: what is asked
/// about may be moved, too.
///
/// Reads the pair that the store has of the two classes. Where it has none (the tracks are new, or the pairs were dropped) the
/// fingerprints are compared on the spot. Thresholds may have been raised since the plan was made: a pair is also one of copies
/// when it is by the default ones.
/// @param a, b  records of `snapshot`
/// @throws Error Fault::damaged
Matched matched(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b,
                const Thresholds& thresholds);

}  // namespace echofold
