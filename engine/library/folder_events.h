// What happens in watched folders, as inotify tells it: hints, never the truth. Events get lost, and some disks send
// none; a rescan finds what they did not tell.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/library/walk.h"
#include "index/base/fd.h"

namespace echofold {

struct FolderEvent {
  enum class Kind : std::uint8_t {
    writing,  ///< a file was made or written to; somebody may have it open
    written,  ///< its writer has closed it, or it was moved here whole
    changed   ///< `path` is a folder: something in it has gone, or it is new with all that it holds
  } kind;
  std::string path;
};

struct FolderNews {
  std::vector<FolderEvent> events;
  bool lost = false;  ///< some were: anything may have changed
};

/// One thread at a time.
class FolderEvents {
 public:
  /// Where the system gives no more watches, even for the first folder, limit() says so from then on.
  /// @param settings  which names are music; folders that a walk leaves out are passed over
  explicit FolderEvents(const WalkSettings& settings);

  /// Watches `folder` and all folders below, also such as are made later. What can't be read is passed over.
  void add(const std::string& folder);
  /// Forgets `folder` and all below.
  void remove(const std::string& folder);

  /// What has happened; waits for it for at most `longest`.
  FolderNews wait(std::chrono::milliseconds longest);

  std::size_t watched_folders() const noexcept { return paths_.size(); }
  /// Why folders are left unwatched; empty: none is.
  const std::string& limit() const noexcept { return limit_; }

 private:
  void add_one(const std::string& folder);
  void take(int watch, std::uint32_t mask, const std::string& name, FolderNews& news);
  void take_folder(const std::string& folder, std::uint32_t mask, const std::string& path, FolderNews& news);

  WalkSettings settings_;
  Fd inotify_;
  std::unordered_map<int, std::string> paths_;  ///< of watches
  std::string limit_;
};

}  // namespace echofold
