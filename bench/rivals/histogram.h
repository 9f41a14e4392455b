// Compares two fingerprints as Chromaprint's own matcher does; reimplemented from its description.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold::bench {

/// A stretch at one offset whose differing bits are evenly few.
struct MatchedStretch {
  std::size_t from_a = 0, from_b = 0, count = 0;  ///< in items
  double differing_bits = 0;                      ///< mean per item, below 10
};

/// 1. Items with equal top 12 bits vote for the offset between them; the highest peak is the alignment.
/// 2. The differing bits of each aligned item are smoothed (Gaussian, sigma 8 items).
/// 3. A stretch ends where the smoothed curve is steepest, and steeper than .15 bits per item.
/// 4. Stretches with fewer than 10 differing bits per item on average are kept; neighbours whose means differ by less
/// than .7 bits are merged.
/// Chromaprint adds a little noise to the differing bits to break ties; this does not.
std::vector<MatchedStretch> match_by_histogram(Items a, Items b);

}  // namespace echofold::bench
