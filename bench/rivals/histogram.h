// How Chromaprint's own fingerprint matcher compares two fingerprints, written anew from its description.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold::bench {

/// A stretch that lies at one offset and whose bits differ evenly little.
struct MatchedStretch {
  std::size_t from_a = 0, from_b = 0, count = 0;  ///< items
  double differing_bits = 0;                      ///< mean an item, below 10
};

/// 1. Items with equal top 12 bits vote for the offset between them; the highest peak is the alignment.
/// 2. The differing bits of each aligned item are smoothed (Gaussian, sigma 8 items).
/// 3. Where the smoothed curve is steepest, and steeper than .15 bits an item, one stretch ends.
/// 4. Stretches with fewer than 10 differing bits an item in the mean are kept; neighbours whose means lie
///    within .7 bits become one.
/// Chromaprint adds a little noise to the differing bits to break ties; here there is none.
std::vector<MatchedStretch> match_by_histogram(Items a, Items b);

}  // namespace echofold::bench
