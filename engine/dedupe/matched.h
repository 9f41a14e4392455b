// Whether one of two tracks may go for the other, according to the library.
#pragma once

#include <cstdint>

#include "index/model/record.h"
#include "index/pair/relation.h"
#include "index/store/store.h"

namespace echofold {

enum class Matched : std::uint8_t {
  copies,     ///< one may be moved: the same recording or audio, or the user decided so
  kept_both,  ///< the user said that both stay
  edit,       ///< from here on: pairs that no plan moves
  version,
  insufficient,
  strangers
};

/// What a plan may do with the pair, whichever of the two is the better copy. Bands and titles play no part: a pair for
/// review may be moved, too.
///
/// Reads the stored pair of the two classes. If there is none (the tracks are new, or the pairs were dropped),
/// compares the fingerprints now. Thresholds may have been raised since the plan was made: a pair also counts as
/// copies if it does by the default thresholds.
/// @param a, b  records of `snapshot`
/// @throws Error Fault::damaged
Matched matched(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b,
                const Thresholds& thresholds);

}  // namespace echofold
