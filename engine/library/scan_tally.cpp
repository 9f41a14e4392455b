// Implements the counts behind a scan's summary and its progress.
#include "engine/library/scan_tally.h"

#include <utility>

namespace echofold {

std::string_view name_of(FileStatus status) noexcept {
  switch (status) {
    case FileStatus::fingerprinted:
      return "fingerprinted";
    case FileStatus::unchanged:
      return "unchanged";
    case FileStatus::moved:
      return "moved";
    case FileStatus::failed:
      return "failed";
    case FileStatus::too_short:
      return "too_short";
    case FileStatus::silent:
      return "silent";
    case FileStatus::would_read:
      return "would_read";
  }
  return "failed";
}

std::uint64_t& ScanTally::count_of(FileStatus status) {
  switch (status) {
    case FileStatus::fingerprinted:
      return summary_.fingerprinted;
    case FileStatus::unchanged:
      return summary_.unchanged;
    case FileStatus::moved:
      return summary_.moved;
    case FileStatus::failed:
    case FileStatus::would_read:
      break;
    case FileStatus::too_short:
      return summary_.too_short;
    case FileStatus::silent:
      return summary_.silent;
  }
  return summary_.failed;
}

void ScanTally::report_progress() const {
  if (events_.progress) events_.progress(progress_);
}

void ScanTally::expect(std::uint64_t files, std::uint64_t unread_bytes) {
  const std::lock_guard lock(mutex_);
  progress_.files_total = files;
  progress_.bytes_total = unread_bytes;
  report_progress();
}

void ScanTally::begin(const std::string& path) {
  const std::lock_guard lock(mutex_);
  progress_.current = path;
  report_progress();
}

void ScanTally::read(std::uint64_t bytes, double audio_seconds) {
  const std::lock_guard lock(mutex_);
  ++progress_.files_done;
  progress_.bytes_done += bytes;
  progress_.audio_seconds += audio_seconds;
  summary_.audio_seconds += audio_seconds;
  report_progress();
}

void ScanTally::count_stored(const FileReport& report, bool recognised) {
  const std::lock_guard lock(mutex_);
  if (recognised) ++summary_.recognised;
  ++(report.known ? summary_.known_failed : count_of(report.status));
  if (events_.file) events_.file(report);
}

void ScanTally::count_unread(const FileReport& report) {
  count_stored(report);
  const std::lock_guard lock(mutex_);
  // These files are too fast to report progress for each.
  if (++progress_.files_done % 1024 == 0) report_progress();
}

void ScanTally::count_missing(std::uint64_t tracks) {
  const std::lock_guard lock(mutex_);
  summary_.missing += tracks;
}

void ScanTally::set_passed_over(PassedOver what) {
  const std::lock_guard lock(mutex_);
  summary_.passed_over = std::move(what);
}

void ScanTally::interrupt() {
  const std::lock_guard lock(mutex_);
  summary_.interrupted = true;
}

ScanSummary ScanTally::summary() const {
  const std::lock_guard lock(mutex_);
  return summary_;
}

}  // namespace echofold
