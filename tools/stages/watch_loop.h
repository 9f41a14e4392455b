// The daemon behind `watch`: waits for changes, and scans what changed.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/library/change_queue.h"
#include "engine/library/folder_events.h"

namespace echofold {

struct WatchSettings {
  std::vector<std::string> roots;  ///< absolute, none inside another; need not exist
  WalkSettings walk;
  std::chrono::milliseconds settle{10'000};        ///< at least 1 ms
  std::chrono::milliseconds interval{21'600'000};  ///< between two scans of everything
};

/// What the loop calls. Each throws what its work throws. For Fault::guard, locked, full, io, permission and changed
/// the loop warns and tries again later.
struct WatchWork {
  /// Scans a whole root. @param leave  whether a file is still being written and must be left out
  std::function<void(const std::string& root, const std::function<bool(const FoundFile&)>& leave)> scan_root;
  /// Scans files and folders inside roots that were scanned before.
  std::function<void(const std::vector<std::string>& paths,
                     const std::function<bool(const FoundFile&)>& leave)>
      scan_parts;
  /// Called after scans: finds copies, and reports or acts.
  std::function<void()> follow_up;
  std::function<void(const std::string& message)> warn;
};

/// Runs until a stop is requested: first a scan of all roots, then what inotify hints at, once it is quiet, and a scan
/// of all roots every `interval`. A root that is away is left as it is and scanned as a whole when it is back.
class WatchLoop {
 public:
  WatchLoop(WatchSettings settings, WatchWork work);
  void run(const std::stop_token& stop);

 private:
  using Clock = std::chrono::steady_clock;
  struct WatchedRoot {
    std::string path;
    std::uint64_t device = 0, inode = 0;  ///< of the folder that is being watched; 0: none
    bool due = true;                      ///< needs a scan of all of it
  };

  void look_at_roots();
  void take(const FolderChanges& changes);
  void scan_due_roots(const std::stop_token& stop);
  void scan_changes();
  void follow_up();
  bool attempt(const std::string& what, const std::function<void()>& work);
  bool leave(const FoundFile& file);
  std::string part_to_scan(std::string path) const;
  void warn_once(const std::string& what, const std::string& message);

  WatchSettings settings_;
  WatchWork work_;
  FolderEvents events_;
  ChangeQueue queue_;
  std::vector<WatchedRoot> roots_;
  Clock::time_point next_scan_, not_before_{};
  std::map<std::string, std::string> last_warnings_;  ///< by what failed: a lasting problem is reported once
  bool limit_reported_ = false, follow_up_due_ = false;
};

}  // namespace echofold
