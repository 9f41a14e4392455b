// See change_queue.h.
#include "engine/library/change_queue.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"

namespace echofold {
namespace {

/// All zero if there is nothing at `path`.
Stamp current_stamp(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? stamp_of(status) : Stamp{};
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

void ChangeQueue::note(const std::string& path, Time now, bool writing) {
  const auto [at, is_new] = changes_.try_emplace(path);
  Change& change = at->second;
  if (is_new) change.first = now;
  change.last = now;
  change.writing = writing;
  change.stamp = current_stamp(path);
}

void ChangeQueue::forget_writers() noexcept {
  for (auto& [path, change] : changes_) change.writing = false;
}

bool ChangeQueue::is_being_written(const std::string& file) const {
  const auto at = changes_.find(file);
  return at != changes_.end() && at->second.writing;
}

bool ChangeQueue::is_quiet(const std::string& path, Change& change, Time now) const {
  if (change.writing || now - change.last < quiet_time_) return false;
  // some writers cause no events: over a network, through a memory map
  const Stamp stamp = current_stamp(path);
  if (stamp == change.stamp) return true;
  change.stamp = stamp;
  change.last = now;
  return false;
}

std::vector<std::string> ChangeQueue::take_ready(Time now) {
  std::vector<std::string> ready;
  bool others = false, waited_long = false;
  for (auto& [path, change] : changes_) {
    if (is_quiet(path, change, now)) {
      ready.push_back(path);
      waited_long = waited_long || now - change.first >= longest_wait * quiet_time_;
    } else {
      others = others || !change.writing;  // an open file may stay open for hours
    }
  }
  if (others && !waited_long) return {};
  for (const std::string& path : ready) changes_.erase(path);

  std::vector<std::string> folders, paths;
  for (std::string& path : ready) (is_folder(path) ? folders : paths).push_back(std::move(path));
  folders = outermost(std::move(folders));
  std::erase_if(paths, [&](const std::string& path) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return is_inside(path, folder); });
  });
  paths.insert(paths.end(), folders.begin(), folders.end());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace echofold
