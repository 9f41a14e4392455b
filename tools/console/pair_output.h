// Pairs on stdout in the format asked for, as `pairs`, `query` and `compare` print them.
#pragma once

#include "engine/dedupe/list_pairs.h"
#include "index/model/record.h"
#include "tools/options/shared.h"

namespace echofold {

/// Prints what stands before the first pair: the header of CSV.
void begin_pairs(const GlobalOptions& options);
void print_pair(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                const GlobalOptions& options);

}  // namespace echofold
