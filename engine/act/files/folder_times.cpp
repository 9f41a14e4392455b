// Holds folder times and sets them back.
#include "engine/act/files/folder_times.h"

#include <optional>

#include "engine/act/files/set_mtime.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"

namespace echofold {
namespace {

std::optional<FileTime> time_of(const std::string& folder) {
  try {
    return mtime_of(Folder::open(folder).status());
  } catch (const Error&) {
    return std::nullopt;
  }
}

void set_back_one(const FolderTime& time) {
  try {
    const Folder folder = Folder::open(time.path);
    // This fails for a folder of another owner. All files are back, so its time is not worth an error.
    if (mtime_of(folder.status()) == time.after && !set_mtime(folder.fd(), time.before)) return;
  } catch (const Error&) {
    return;
  }
}

}  // namespace

FolderTimes::FolderTimes(const std::vector<FolderTime>& known) {
  for (const FolderTime& time : known) times_.emplace(time.path, time);
}

std::vector<FolderTime> FolderTimes::about_to_change(const std::vector<std::string>& folders) {
  std::vector<FolderTime> out;
  for (const std::string& path : folders) {
    const auto now = time_of(path);
    if (!now) continue;
    const auto [at, added] = times_.try_emplace(path, FolderTime{path, *now, *now, true});
    if (!added && at->second.after != *now) at->second = {path, *now, *now, true};
    out.push_back(at->second);
  }
  return out;
}

std::vector<FolderTime> FolderTimes::about_to_restore(const std::vector<std::string>& folders) {
  std::vector<FolderTime> out;
  for (const std::string& path : folders) {
    const auto now = time_of(path);
    const auto at = times_.find(path);
    if (!now || at == times_.end()) continue;
    // An earlier, partial undo may already have set the time back to `before`.
    if (*now != at->second.after && *now != at->second.before) at->second.ours = false;
    out.push_back(at->second);
  }
  return out;
}

std::vector<FolderTime> FolderTimes::changed(const std::vector<std::string>& folders) {
  std::vector<FolderTime> out;
  for (const std::string& path : folders) {
    const auto now = time_of(path);
    const auto at = times_.find(path);
    if (!now || at == times_.end()) continue;
    at->second.after = *now;
    out.push_back(at->second);
  }
  return out;
}

void FolderTimes::set_back() {
  for (const auto& [path, time] : times_)
    if (time.ours && time.before != time.after) set_back_one(time);
}

}  // namespace echofold
