// Aligns two fingerprints: finds the best offset among those that are offered.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// The bit error rate at each offset first .. first + count - 1 (see Evidence::offset_items), over all items of
/// the overlap. It is 1.0 at an offset with less than `min_overlap` items of overlap.
std::vector<double> bit_error_rates(Items a, Items b, std::int32_t first, std::size_t count,
                                    std::size_t min_overlap = 32);

inline constexpr double usual_hopeless_ber = 0.35;

/// The best alignment among the offered offsets and their neighbours (each +-1 item).
///
/// Looped music has several peaks: the offset that explains most of the blocks wins (docs/MATCHING.md, "5. Alignment";
/// weight_of). Between equals the one with fewer errors wins, then the smaller |offset|, then the smaller offset, so
/// that the result depends on nothing else.
/// Then looks for further matching segments at the other offered offsets (edits).
/// @param offsets  at least one, and only a few (by default the votes give 3)
/// @param hopeless_ber  if each offset has a higher plain bit error rate than this, and no matching block, the pair is
///                      not worth a full measurement: its evidence is rough (no contrast, no strip)
Evidence best_alignment(Items a, Items b, std::span<const std::int32_t> offsets,
                        double hopeless_ber = usual_hopeless_ber);

/// The number of pairs of items that best_alignment compares in its first pass over these offsets: its cost.
std::uint64_t items_looked_at(Items a, Items b, std::span<const std::int32_t> offsets);

/// Tries every offset with an overlap of at least `min_overlap` items. O(|a| * |b|) popcounts: for `compare`,
/// for tests, and as the reference for candidates.
Evidence exhaustive_alignment(Items a, Items b, std::size_t min_overlap = 32);

}  // namespace echofold
