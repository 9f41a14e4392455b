// The matching pairs of a library as users see them.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "index/model/evidence.h"
#include "index/model/heard.h"
#include "index/pair/relation.h"
#include "index/store/store.h"

namespace echofold {

/// One pair as users see it.
struct ListedPair {
  TrackId a = 0, b = 0;             ///< a's path before b's, by bytes
  Evidence evidence;                ///< of (a, b) in this order
  Judgement judgement;              ///< title guard included
  std::optional<Heard> heard = {};  ///< of (a, b); nothing if nobody listened to them
};

/// The matching pairs among present and imported tracks, sorted by the paths of a, then b. Tracks with identical
/// fingerprints share the evidence of their representative. For a class with more than `max_class` members only the
/// pairs with its first member are listed.
std::vector<ListedPair> list_pairs(const Snapshot& snapshot, const Thresholds& thresholds,
                                   std::size_t max_class = 64);

}  // namespace echofold
