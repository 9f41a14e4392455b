// Only this file uses inotify.
#include "engine/library/folder_events.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "index/base/fs/path.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t wanted = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM |
                                 IN_DELETE | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;

Error limit_error(int errno_value) {
  if (errno_value == ENOSPC)
    return {Fault::io, "the system's limit of watched folders (fs.inotify.max_user_watches) is reached"};
  if (errno_value == EMFILE)
    return {Fault::io, "the system's limit of watching programs (fs.inotify.max_user_instances) is reached"};
  return system_error(errno_value, "folders can't be watched");
}

}  // namespace

FolderEvents::FolderEvents(const WalkSettings& settings)
    : settings_(settings), inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (inotify_.get() < 0) limit_ = limit_error(errno);
}

void FolderEvents::add_one(const std::string& folder) {
  if (inotify_.get() < 0) return;
  const int watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), wanted);
  if (watch >= 0)
    paths_[watch] = folder;
  else if (errno == ENOSPC || errno == ENOMEM)
    limit_ = limit_error(errno);
}

void FolderEvents::add(const std::string& folder) {
  add_one(folder);
  std::error_code error;
  auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code ignored;
    if (at->is_symlink(ignored) || !at->is_directory(ignored)) continue;
    const std::string& path = at->path().native();
    if (is_left_out(folder_of(path), file_name_of(path), settings_)) {
      at.disable_recursion_pending();
      continue;
    }
    add_one(path);
  }
}

void FolderEvents::remove(const std::string& folder) {
  std::erase_if(paths_, [&](const auto& watch) {
    if (watch.second != folder && !is_inside(watch.second, folder)) return false;
    ::inotify_rm_watch(inotify_.get(), watch.first);  // fails if the folder is gone, but then so is its watch
    return true;
  });
}

FolderChanges FolderEvents::wait(std::chrono::milliseconds longest) {
  FolderChanges changes;
  pollfd ready{inotify_.get(), POLLIN, 0};  // with a negative descriptor, poll only waits
  if (::poll(&ready, 1, static_cast<int>(longest.count())) <= 0) return changes;
  alignas(inotify_event) std::array<char, 65536> bytes;
  for (;;) {
    const ssize_t got = ::read(inotify_.get(), bytes.data(), bytes.size());
    if (got <= 0) return changes;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      inotify_event event;
      std::memcpy(&event, bytes.data() + at, sizeof event);
      const char* name = bytes.data() + at + sizeof event;
      take(event.wd, event.mask, event.len > 0 ? std::string(name) : std::string(), changes);
      at += sizeof event + event.len;
    }
  }
}

void FolderEvents::take(int watch, std::uint32_t mask, const std::string& name, FolderChanges& changes) {
  if ((mask & IN_Q_OVERFLOW) != 0) {
    changes.lost = true;
    return;
  }
  const auto known = paths_.find(watch);
  if (known == paths_.end()) return;
  if ((mask & (IN_IGNORED | IN_UNMOUNT)) != 0) {
    paths_.erase(known);
    return;
  }
  if (name.empty()) return;
  const std::string folder = known->second, path = join_path(folder, name);
  if ((mask & IN_ISDIR) != 0) {
    if (!is_left_out(folder, name, settings_)) take_folder(folder, mask, path, changes);
    return;
  }
  if (name.starts_with('.') || !is_music_name(name, settings_)) return;
  if ((mask & (IN_DELETE | IN_MOVED_FROM)) != 0)
    changes.events.push_back({FolderEvent::Kind::changed, folder});
  else if ((mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0)
    changes.events.push_back({FolderEvent::Kind::written, path});
  else
    changes.events.push_back({FolderEvent::Kind::writing, path});
}

void FolderEvents::take_folder(const std::string& folder, std::uint32_t mask, const std::string& path,
                               FolderChanges& changes) {
  if ((mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
    add(path);  // what was put into it earlier is found when its whole content is scanned
    changes.events.push_back({FolderEvent::Kind::changed, path});
  } else if ((mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
    remove(path);
    changes.events.push_back({FolderEvent::Kind::changed, folder});
  }
}

}  // namespace echofold
