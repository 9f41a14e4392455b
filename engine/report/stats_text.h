// The figures of a library as text: what `stats` prints.
#pragma once

#include <string>

#include "engine/report/library_stats.h"
#include "engine/report/table.h"

namespace echofold {

/// For people.
std::string stats_table(const LibraryStats& stats, const TableStyle& style);

/// echofold.stats/1, one line without newline.
std::string stats_to_line(const LibraryStats& stats);

}  // namespace echofold
