// Where temporary folders are made while a test runs.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace echofold::test {

/// While it lives, temporary folders of this process and of those it starts are made in `place`.
class TempBase {
 public:
  explicit TempBase(const std::string& place) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", place.c_str(), 1);
  }
  ~TempBase() {
    if (before_)
      setenv("TMPDIR", before_->c_str(), 1);
    else
      unsetenv("TMPDIR");
  }
  TempBase(const TempBase&) = delete;
  TempBase& operator=(const TempBase&) = delete;

 private:
  std::optional<std::string> before_;
};

/// In memory where there is some: a kill, unlike a power cut, loses nothing that was not yet on the disk.
class TempInMemory {
 public:
  TempInMemory() {
    if (access("/dev/shm", W_OK) == 0) base_.emplace("/dev/shm");
  }

 private:
  std::optional<TempBase> base_;
};

}  // namespace echofold::test
