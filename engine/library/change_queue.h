// Collects changes for a scan: merges repeated ones, and delays files that are still being written.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// Has no clock: every call gets the current time. One thread at a time.
class ChangeQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// @param quiet_time  a path is ready after this long without an event, if its size and time stayed the same
  explicit ChangeQueue(std::chrono::milliseconds quiet_time) : quiet_time_(quiet_time) {}

  void note_writing(const std::string& file, Time now) { note(file, now, true); }  ///< until note_written
  void note_written(const std::string& file, Time now) { note(file, now, false); }
  void note_folder(const std::string& folder, Time now) { note(folder, now, false); }
  /// Call it when events were lost: it is then unknown who is still writing.
  void forget_writers() noexcept;

  bool empty() const noexcept { return changes_.empty(); }
  std::size_t size() const noexcept { return changes_.size(); }
  bool is_being_written(const std::string& file) const;

  /// Removes and returns the paths that are ready, sorted; an outermost folder replaces the paths inside it. Ready
  /// paths wait while others are about to become ready, but not forever: an endless stream of changes is processed in
  /// parts.
  std::vector<std::string> take_ready(Time now);

 private:
  struct Change {
    Time first, last;
    Stamp stamp;  ///< when it was last checked
    bool writing = false;
  };
  void note(const std::string& path, Time now, bool writing);
  bool is_quiet(const std::string& path, Change& change, Time now) const;

  static constexpr int longest_wait = 10;  ///< in multiples of `quiet_time`
  std::chrono::milliseconds quiet_time_;
  std::unordered_map<std::string, Change> changes_;
};

}  // namespace echofold
