// inotify gives hints, and only a scan decides: every doubt ends in a scan of the root.
#include "tools/stages/watch_loop.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;

constexpr auto tick = 200ms;
constexpr auto pause_after_trouble = 2s;

/// Whether a later try may succeed; all other faults end the daemon.
bool passes(Fault fault) noexcept {
  switch (fault) {
    case Fault::guard:
    case Fault::locked:
    case Fault::full:
    case Fault::io:
    case Fault::permission:
    case Fault::changed:
      return true;
    default:
      return false;
  }
}

}  // namespace

WatchLoop::WatchLoop(WatchSettings settings, WatchWork work)
    : settings_(std::move(settings)),
      work_(std::move(work)),
      events_(settings_.walk),
      queue_(settings_.settle),
      next_scan_(Clock::now() + settings_.interval) {
  for (const std::string& root : settings_.roots) roots_.push_back({root, 0, 0, true});
}

void WatchLoop::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    look_at_roots();
    if (Clock::now() >= next_scan_) {
      for (WatchedRoot& root : roots_) root.due = true;
      next_scan_ = Clock::now() + settings_.interval;
    }
    if (Clock::now() >= not_before_) {
      scan_due_roots(stop);
      if (!stop.stop_requested()) scan_changes();
      if (!stop.stop_requested()) follow_up();
    }
    if (!stop.stop_requested()) take(events_.wait(tick));
  }
}

/// After a mount or unmount another folder is at the root's path.
void WatchLoop::look_at_roots() {
  for (WatchedRoot& root : roots_) {
    struct stat status {};
    const bool is_there = ::stat(root.path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    if (is_there && status.st_dev == root.device && status.st_ino == root.inode) continue;
    if (root.inode != 0) events_.remove(root.path);
    if (!is_there) {
      if (root.inode != 0 || root.due) work_.warn(root.path + " is away: its tracks are left as they are");
      root = {root.path, 0, 0, false};
      continue;
    }
    root = {root.path, status.st_dev, status.st_ino, true};
    events_.add(root.path);  // before the scan, so that changes during it are seen
    if (events_.limit() && !limit_reported_) {
      limit_reported_ = true;
      work_.warn(std::string(events_.limit()->what()) + ": changes there are found by the scan every " +
                 std::to_string(settings_.interval / 1s) + " s");
    }
  }
}

void WatchLoop::take(const FolderChanges& changes) {
  const auto now = Clock::now();
  for (const FolderEvent& event : changes.events) switch (event.kind) {
      case FolderEvent::Kind::writing:
        queue_.note_writing(event.path, now);
        break;
      case FolderEvent::Kind::written:
        queue_.note_written(event.path, now);
        break;
      case FolderEvent::Kind::changed:
        queue_.note_folder(event.path, now);
        break;
    }
  if (!changes.lost) return;
  queue_.forget_writers();
  for (WatchedRoot& root : roots_) {
    if (root.inode == 0) continue;
    events_.add(root.path);  // folders that were created meanwhile had no event
    queue_.note_folder(root.path, now);
  }
}

/// A file to leave out is also noted, so that it is scanned when it is finished.
bool WatchLoop::leave(const FoundFile& file) {
  using namespace std::chrono;
  const auto now_ns = duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
  const auto age_ns = now_ns - file.stamp.mtime_ns;
  // A time in the future says nothing.
  const bool is_young = age_ns >= 0 && age_ns < duration_cast<nanoseconds>(settings_.settle).count();
  if (queue_.is_being_written(file.path)) return true;
  if (is_young) queue_.note_written(file.path, Clock::now());
  return is_young;
}

void WatchLoop::warn_once(const std::string& what, const std::string& message) {
  std::string& last = last_warnings_[what];
  if (message == last) return;
  last = message;
  work_.warn(message);
}

bool WatchLoop::attempt(const std::string& what, const std::function<void()>& work) {
  try {
    work();
    last_warnings_.erase(what);
    return true;
  } catch (const Error& e) {
    if (!passes(e.fault())) throw;
    warn_once(what, what + ": " + e.what());
    return false;
  }
}

void WatchLoop::scan_due_roots(const std::stop_token& stop) {
  for (WatchedRoot& root : roots_) {
    if (!root.due || root.inode == 0 || stop.stop_requested()) continue;
    const bool done = attempt(root.path, [&] {
      try {
        work_.scan_root(root.path, [this](const FoundFile& file) { return leave(file); });
      } catch (const Error& e) {
        // Not mounted, or emptied by the user: only `echofold scan`, called by the user, may accept that.
        if (e.fault() != Fault::guard) throw;
        warn_once(root.path, e.what());
      }
      root.due = false;
      follow_up_due_ = true;
    });
    if (!done) not_before_ = Clock::now() + pause_after_trouble;
  }
}

void WatchLoop::follow_up() {
  if (!follow_up_due_) return;
  follow_up_due_ = !attempt("looking for copies", work_.follow_up);
  if (follow_up_due_) not_before_ = Clock::now() + pause_after_trouble;
}

/// The part of a changed path that exists: itself, or the nearest folder above it.
std::string WatchLoop::part_to_scan(std::string path) const {
  struct stat status {};
  while (path.size() > 1 && ::lstat(path.c_str(), &status) != 0) path = std::string(folder_of(path));
  return path;
}

void WatchLoop::scan_changes() {
  std::vector<std::string> parts;
  for (std::string& path : queue_.take_ready(Clock::now())) {
    std::string part = part_to_scan(std::move(path));
    const bool is_part = std::any_of(roots_.begin(), roots_.end(), [&](const WatchedRoot& root) {
      return root.inode != 0 && is_inside(part, root.path);
    });
    if (is_part) {
      parts.push_back(std::move(part));
      continue;
    }
    for (WatchedRoot& root : roots_)  // the root itself, or a root that is being removed
      if (part == root.path || is_inside(root.path, part)) root.due = root.inode != 0;
  }
  if (parts.empty()) return;
  const bool done = attempt("changes", [&] {
    try {
      work_.scan_parts(parts, [this](const FoundFile& file) { return leave(file); });
    } catch (const Error& e) {
      // A folder lost its files. A part is too small to judge that: the whole root is scanned.
      if (e.fault() != Fault::guard) throw;
      for (WatchedRoot& root : roots_) root.due = root.inode != 0;
      return;
    }
    follow_up_due_ = true;
  });
  if (done) return;
  for (const std::string& part : parts) queue_.note_folder(part, Clock::now());
  not_before_ = Clock::now() + pause_after_trouble;
}

}  // namespace echofold
