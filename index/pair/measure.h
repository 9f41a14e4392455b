// Measures one aligned pair of fingerprints.
#pragma once

#include <cstdint>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// Measures the pair at exactly this offset. Pure; deterministic for every kernel.
/// An offset without overlap gives Evidence{} with that offset.
Evidence measure(Items a, Items b, std::int32_t offset_items);

/// Offset, overlap, coverage and the plain bit error rate (`ber`, and `corrected_ber` as the same) only; all
/// else as in Evidence{}. Costs one pass: for pairs that are out of the question.
Evidence measure_roughly(Items a, Items b, std::int32_t offset_items);

}  // namespace echofold
