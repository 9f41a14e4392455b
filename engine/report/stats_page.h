// The library as one self-contained HTML page: figures and charts, no script, nothing from the network.
#pragma once

#include <cstdint>
#include <string>

#include "engine/report/library_charts.h"
#include "engine/report/library_stats.h"

namespace echofold {

/// @param library    raw path, for the title
/// @param made_at_s  Unix time
std::string stats_page(const LibraryStats& stats, const LibraryCharts& charts, const std::string& library,
                       std::int64_t made_at_s);

}  // namespace echofold
