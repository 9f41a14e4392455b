// Counts the files of a scan and calls its events, one thread at a time.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "engine/library/scan.h"

namespace echofold {

/// Thread-safe; never runs two callbacks at once.
class ScanTally {
 public:
  explicit ScanTally(const ScanEvents& events) : events_(events) {}

  void expect(std::uint64_t files, std::uint64_t unread_bytes);
  void begin(const std::string& path);                   ///< reading of `path` starts
  void read(std::uint64_t bytes, double audio_seconds);  ///< a file was read, but is not stored yet
  /// a file counted by read() is stored
  void count_stored(const FileReport& report, bool recognised = false);
  void count_unread(const FileReport& report);  ///< a file that did not need reading is done
  void count_missing(std::uint64_t tracks);
  void set_passed_over(PassedOver what);
  void interrupt();
  ScanSummary summary() const;

 private:
  std::uint64_t& count_of(FileStatus status);
  void report_progress() const;

  const ScanEvents& events_;
  mutable std::mutex mutex_;
  ScanSummary summary_;
  ScanProgress progress_;
};

}  // namespace echofold
