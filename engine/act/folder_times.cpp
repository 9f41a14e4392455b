// Remembers folder times and puts them back.
#include "engine/act/folder_times.h"

#include <fcntl.h>

#include <optional>

#include "engine/act/folder.h"
#include "index/error.h"

namespace echofold {
namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

std::optional<std::int64_t> time_of(const std::string& folder) {
  try {
    return mtime_ns_of(Folder::open(folder).status());
  } catch (const Error&) {
    return std::nullopt;
  }
}

timespec as_timespec(std::int64_t ns) {
  const std::int64_t rest = ((ns % second_ns) + second_ns) % second_ns;
  return {static_cast<time_t>((ns - rest) / second_ns), static_cast<long>(rest)};
}

void set_back_one(const FolderTime& time) {
  try {
    const Folder folder = Folder::open(time.path);
    const timespec times[2] = {{0, UTIME_OMIT}, as_timespec(time.before_ns)};
    // A folder of another owner refuses; all files are back, so its time is not worth an error.
    if (mtime_ns_of(folder.status()) == time.after_ns && futimens(folder.fd(), times) != 0) return;
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
    if (!added && at->second.after_ns != *now) at->second = {path, *now, *now, true};
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
    // `before` is what an earlier, partial undo has set back already.
    if (*now != at->second.after_ns && *now != at->second.before_ns) at->second.ours = false;
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
    at->second.after_ns = *now;
    out.push_back(at->second);
  }
  return out;
}

void FolderTimes::set_back() {
  for (const auto& [path, time] : times_)
    if (time.ours && time.before_ns != time.after_ns) set_back_one(time);
}

}  // namespace echofold
