// Which items of a variant of a track are stored, and the keys under which they are looked up.
#pragma once

#include <vector>

#include "index/candidates/keys.h"
#include "index/candidates/votes.h"
#include "index/model/speed_variants.h"

namespace echofold {

/// The items of each variant that the index would file. Whole items, not keys: the pair is measured by them, too.
/// @param all  the variants of one track
SpeedVariants speed_variants(int percent, const std::vector<VariantItems>& all, const KeySettings& keys = {});

/// The items of a variant as keys of an index.
std::vector<ProbeKey> probe_keys(const SpeedVariant& variant, std::uint32_t mask);

}  // namespace echofold
