// Counts how often files in a folder are opened.
#pragma once

#include <sys/inotify.h>
#include <unistd.h>

#include <filesystem>

namespace echofold::test {

/// Counts the files that any process opens in one folder during its lifetime, as the kernel reports them.
class OpenWatch {
 public:
  explicit OpenWatch(const std::filesystem::path& folder) : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    ::inotify_add_watch(fd_, folder.c_str(), IN_OPEN);
  }
  ~OpenWatch() { ::close(fd_); }
  OpenWatch(const OpenWatch&) = delete;
  OpenWatch& operator=(const OpenWatch&) = delete;

  int opened_files() const {
    int count = 0;
    alignas(inotify_event) char buffer[4096];
    ssize_t size = 0;
    while ((size = ::read(fd_, buffer, sizeof buffer)) > 0)
      for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
        if ((event->mask & IN_ISDIR) == 0) ++count;
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    return count;
  }

 private:
  int fd_;
};

}  // namespace echofold::test
