// Changes on their way to a scan: many become one, and files that are still being written wait.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// Knows no clock: every call says what time it is. One thread at a time.
class ChangeQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// @param settle  a path is ready when nothing was heard of it for so long and its size and time stayed
  explicit ChangeQueue(std::chrono::milliseconds settle) : settle_(settle) {}

  void note_writing(const std::string& file, Time now) { note(file, now, true); }  ///< until note_written
  void note_written(const std::string& file, Time now) { note(file, now, false); }
  void note_folder(const std::string& folder, Time now) { note(folder, now, false); }
  /// Events were lost: nobody can be believed to be writing still.
  void forget_writers() noexcept;

  bool empty() const noexcept { return changes_.empty(); }
  std::size_t size() const noexcept { return changes_.size(); }
  bool is_being_written(const std::string& file) const;

  /// The paths that are ready, outermost folders in the place of what lies in them, sorted; they leave the queue.
  /// As long as others are about to follow, those that are ready wait for them, but not for ever: a stream of
  /// changes that does not end is taken in parts.
  std::vector<std::string> take_ready(Time now);

 private:
  struct Change {
    Time first, last;
    Stamp stamp;  ///< when it was last looked at
    bool writing = false;
  };
  void note(const std::string& path, Time now, bool writing);
  bool is_quiet(const std::string& path, Change& change, Time now) const;

  static constexpr int longest_wait = 10;  ///< times `settle`
  std::chrono::milliseconds settle_;
  std::unordered_map<std::string, Change> changes_;
};

}  // namespace echofold
