// A track against another one that was resampled to its speed, and of which a sample of the items is known.
#pragma once

#include <cstdint>

#include "index/model/fingerprint.h"
#include "index/model/speed_variants.h"
#include "index/pair/line.h"

namespace echofold {

struct VariantMatch {
  Line line;                 ///< of the whole tracks: the resampled track is line.h's b, the other one its a
  double ber = 1;            ///< of the known items against the nearer item of the other track
  double corrected_ber = 1;  ///< of their bits, those that agree with neither neighbour
  double contrast = 0;       ///< as Evidence::contrast, from parallel lines
};

/// Finds the line near `offset_items` with the fewest errors, and measures along it. What is left of the difference of
/// speed is a quarter of a percent; this finds it to .05 % and the offset to half an item.
/// @param offset_items  position in `there` minus position in the variant
/// @return              a `ber` of 1 if too few items overlap
VariantMatch match_variant(Items there, const SpeedVariant& variant, std::int32_t offset_items);

}  // namespace echofold
