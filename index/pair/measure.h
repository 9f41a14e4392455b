// Measures a pair of fingerprints at one offset.
#pragma once

#include <cstdint>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// Measures the pair at exactly this offset. Pure; the result is the same with every kernel.
/// Without overlap it is Evidence{} with that offset.
Evidence measure(Items a, Items b, std::int32_t offset_items);

/// Sets only offset, overlap, coverage and the plain bit error rate (as `ber` and as `corrected_ber`); all
/// other fields are as in Evidence{}. Needs only one pass: for pairs that are certainly unrelated.
Evidence measure_roughly(Items a, Items b, std::int32_t offset_items);

}  // namespace echofold
