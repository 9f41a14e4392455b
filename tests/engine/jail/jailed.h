// What the tests of the jail share.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "engine/jail/limits.h"
#include "index/base/sanitizer.h"
#include "tests/engine/audio/clips.h"

namespace echofold::test {

inline constexpr bool sanitized = ECHOFOLD_ADDRESS_SANITIZER || ECHOFOLD_THREAD_SANITIZER;

class OpenClip {
 public:
  explicit OpenClip(const std::filesystem::path& path = clip())
      : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) throw std::runtime_error("cannot open " + path.string());
  }
  ~OpenClip() { close(fd_); }
  int fd() const { return fd_; }

 private:
  int fd_;
};

inline JailLimits short_limits() {
  JailLimits limits;
  limits.cpu = std::chrono::seconds(1);
  limits.wall = std::chrono::seconds(3);
  limits.memory_bytes = std::uint64_t{256} << 20;
  return limits;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace echofold::test
