// Pairs at other speeds that the variants of the tracks find: looked for once, and stored.
#pragma once

#include <stop_token>
#include <vector>

#include "engine/dedupe/match.h"
#include "index/base/progress.h"
#include "index/store/store.h"

namespace echofold {

/// Looks up the variants of all tracks whose variants were not looked up yet, and stores the pairs. Where tracks without
/// variants (imported ones) are new, the variants of all others are looked up in those. Does nothing in a library
/// without variants.
///
/// Idempotent, as update_pairs(), and called by it. No snapshot may be alive.
/// @param representatives  all of them, ascending; joined at their own speeds already
/// @throws Error Fault::interrupted, Fault::io, Fault::full
void update_variant_pairs(Store& store, const MatchSettings& settings,
                          const std::vector<TrackId>& representatives, const Progress& progress,
                          const std::stop_token& stop);

/// To be called when the pairs were dropped: the variants are looked up again.
void forget_variant_pairs(Writer& writer);

}  // namespace echofold
