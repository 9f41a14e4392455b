// Counts a scan and tells its events, one thread at a time.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "engine/library/scan.h"

namespace echofold {

/// Thread-safe; its callbacks never run twice at once.
class ScanTally {
 public:
  explicit ScanTally(const ScanEvents& events) : events_(events) {}

  void expect(std::uint64_t files, std::uint64_t unread_bytes);
  void begin(const std::string& path);  ///< `path` is in hand
  /// A file is settled. @param bytes,audio_seconds  what was read for it
  void settle(const FileReport& report, std::uint64_t bytes = 0, double audio_seconds = 0);
  void settle_missing(std::uint64_t tracks);
  void interrupt();
  ScanSummary summary() const;

 private:
  std::uint64_t& count_of(FileStatus status);
  void tell_progress() const;

  const ScanEvents& events_;
  mutable std::mutex mutex_;
  ScanSummary summary_;
  ScanProgress progress_;
};

}  // namespace echofold
