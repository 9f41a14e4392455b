// What happens in watched folders, as inotify reports it. These are hints: events get lost, and some disks send none.
// A rescan finds what they missed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/library/walk.h"
#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {

struct FolderEvent {
  enum class Kind : std::uint8_t {
    writing,  ///< a file was created or written to; it may still be open for writing
    written,  ///< its writer has closed it, or it was moved here whole
    changed   ///< `path` is a folder: something was removed from it, or it is new with all its contents
  } kind;
  std::string path;
};

struct FolderChanges {
  std::vector<FolderEvent> events;
  bool lost = false;  ///< events were lost: anything may have changed
};

/// One thread at a time.
class FolderEvents {
 public:
  /// If the system grants no more watches, even for the first folder, limit() gives the reason from then on.
  /// @param settings  which names are music; folders that a walk leaves out are skipped
  explicit FolderEvents(const WalkSettings& settings);

  /// Watches `folder` and all folders below it, including ones created later. Skips what can't be read.
  void add(const std::string& folder);
  /// Stops watching `folder` and all folders below it.
  void remove(const std::string& folder);

  /// Waits for events for at most `longest`, and returns what happened.
  FolderChanges wait(std::chrono::milliseconds longest);

  std::size_t watched_folders() const noexcept { return paths_.size(); }
  /// Why some folders are not watched; nothing if all are.
  const std::optional<Error>& limit() const noexcept { return limit_; }

 private:
  void add_one(const std::string& folder);
  void take(int watch, std::uint32_t mask, const std::string& name, FolderChanges& changes);
  void take_folder(const std::string& folder, std::uint32_t mask, const std::string& path,
                   FolderChanges& changes);

  WalkSettings settings_;
  Fd inotify_;
  std::unordered_map<int, std::string> paths_;  ///< by watch descriptor
  std::optional<Error> limit_;
};

}  // namespace echofold
