// From offered offsets to the one true alignment of two fingerprints.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// Bit errors at every offset first .. first + count - 1 (see Evidence::offset_items), over all items of
/// the overlap. An offset with less than `min_overlap` items of overlap gives 1.0.
std::vector<double> bit_error_rates(Items a, Items b, std::int32_t first, std::size_t count,
                                    std::size_t min_overlap = 32);

inline constexpr double usual_hopeless_ber = 0.35;

/// The best alignment among the offered offsets and their neighbours (each +-1 item).
///
/// Looped music gives several peaks: the one that explains most wins, block by block (docs/MATCHING.md, "5. Alignment";
/// weight_of). Ties go to fewer errors, the smaller |offset|, the smaller offset, so that the answer depends on nothing
/// else.
/// Then looks for further matching segments at the other offered offsets (edits).
/// @param offsets  at least one; a handful (3 by default from the votes)
/// @param hopeless_ber  where every look has more plain bit errors, and no stretch that matches, the pair is not worth
///                      a full measurement: its evidence is rough (no contrast, no strip)
Evidence best_alignment(Items a, Items b, std::span<const std::int32_t> offsets,
                        double hopeless_ber = usual_hopeless_ber);

/// Pairs of items that best_alignment looks at in its first pass over these offsets: for telling what it costs.
std::uint64_t items_looked_at(Items a, Items b, std::span<const std::int32_t> offsets);

/// Tries every offset with an overlap of `min_overlap` items. O(|a| * |b|) popcounts: for `compare`,
/// for tests, and as the truth that candidates are measured against.
Evidence exhaustive_alignment(Items a, Items b, std::size_t min_overlap = 32);

}  // namespace echofold
