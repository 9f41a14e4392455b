// The library in figures.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/act/journal/run_info.h"
#include "engine/dedupe/plan.h"
#include "engine/report/plan_table.h"
#include "index/store/store.h"

namespace echofold {

struct TrackSum {
  std::uint64_t tracks = 0, bytes = 0;
  double seconds = 0;
};

/// Present files of one codec in one container.
struct FormatSum {
  std::string codec, container;  ///< "FLAC", "flac"
  bool lossless = false;
  TrackSum sum;
};

struct FailureSum {
  std::string reason;
  std::uint64_t files = 0;
};

struct FailedFile {
  std::string path, reason;
};

struct RootState {
  Root root;
  enum class Reach : std::uint8_t {
    there,
    away,     ///< no such folder now
    replaced  ///< another file system is mounted there than at the last scan
  } reach = Reach::there;
  TrackSum sum;  ///< of present tracks under it that can be read
};

/// Imported tracks have no file: they only count if a field says so.
struct LibraryStats {
  TrackSum present, lossless;  ///< files that can be read, at their path; of these the lossless ones
  std::uint64_t set_aside = 0, missing = 0, imported = 0;
  std::uint64_t too_short = 0, silent = 0, failed = 0;  ///< of present files
  std::vector<FormatSum> formats;                       ///< by bytes, most first
  std::vector<FailureSum> failures;                     ///< by files, most first
  std::vector<FailedFile> failed_files;                 ///< by path
  PlanTotals plan;                                      ///< of the known pairs
  std::uint64_t bytes_to_review = 0;
  std::uint64_t groups_in_band[3] = {};  ///< with a loser in band auto, review, related
  std::uint64_t copies_in_band[3] = {};
  std::uint64_t not_compared = 0;  ///< tracks that are not paired yet
  std::vector<RootState> roots;    ///< by path
  std::vector<RunInfo> runs;       ///< newest first
};

/// Reads every record once. The caller fills in `runs`.
/// @throws Error Fault::damaged
LibraryStats library_stats(const Snapshot& snapshot, const Plan& plan);

}  // namespace echofold
