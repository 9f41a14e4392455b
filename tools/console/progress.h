// One line on stderr that shows how far the work is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/library/scan.h"
#include "index/base/progress.h"
#include "tools/options/shared.h"

namespace echofold {

/// Redraws its line at most ten times a second. Draws nothing where progress_on_stderr() is false. Also tells
/// GlobalOptions::on_progress of each step of a stage.
/// One thread at a time; clear() before anything else is printed.
class ProgressLine {
 public:
  explicit ProgressLine(const GlobalOptions& options);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const ScanProgress& progress);
  void show(std::string_view stage, std::uint64_t done, std::uint64_t total);
  void clear();

  /// For the stages of index/ and engine/dedupe/; refers to this object.
  Progress stages();

 private:
  using Clock = std::chrono::steady_clock;
  bool due();
  void draw(const std::string& line);

  bool shown_;
  Progress also_tell_;
  bool dirty_ = false;  ///< there is something on the line
  Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_{};
  std::string stage_;  ///< the one that is shown
  Clock::time_point stage_started_{};
};

/// "12/340 files  3.4 files/s  812x realtime  ETA 1:23  name.flac", at most `columns` wide.
/// The estimate comes from the bytes left. Control characters of the name are escaped.
std::string scan_line(const ScanProgress& progress, double elapsed_s, std::size_t columns);

/// "listen: 36/231 (16 %)  ETA 1:23"; "walk: 120" if the total is 0. The first second has no estimate.
std::string stage_line(std::string_view stage, std::uint64_t done, std::uint64_t total, double elapsed_s);

}  // namespace echofold
