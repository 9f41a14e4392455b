// What the page of `stats` draws beyond the figures of library_stats.h: distributions over the present files that can be
// read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/report/column_chart.h"
#include "index/store/store.h"

namespace echofold {

/// Files below one folder of a root.
struct FolderSize {
  std::string
      name;  ///< raw: "Albums", or with several roots "/music/Albums"; "." for files in the root itself
  std::uint64_t files = 0, lossless_bytes = 0, lossy_bytes = 0;
  std::uint64_t bytes() const noexcept { return lossless_bytes + lossy_bytes; }
};

/// Counts of files, lossless ones before lossy ones except where it says otherwise.
struct LibraryCharts {
  std::vector<Column> bit_rates;  ///< of lossy files only: one count
  std::vector<Column> years;      ///< or decades, where there are too many years
  std::uint64_t without_year = 0;
  std::vector<Column> lengths;
  std::vector<Column> bandwidths;       ///< by the highest frequency with sound, in kHz
  std::uint64_t without_bandwidth = 0;  ///< it was not measured
  std::vector<FolderSize> folders;      ///< the most bytes first
};

/// Reads every record once. @throws Error Fault::damaged
LibraryCharts library_charts(const Snapshot& snapshot);

}  // namespace echofold
