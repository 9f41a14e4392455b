// Prints pairs on stdout in the requested format, for `pairs`, `query` and `compare`.
#pragma once

#include "engine/dedupe/list_pairs.h"
#include "index/model/record.h"
#include "tools/options/shared.h"

namespace echofold {

/// Prints what comes before the first pair: the header of CSV.
void begin_pairs(const GlobalOptions& options);
void print_pair(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                const GlobalOptions& options);

}  // namespace echofold
