// Where temporary folders are created while a test runs.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace echofold::test {

/// During its lifetime, this process and its children create temporary folders in `place`.
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

/// In memory, if there is such a file system: unlike a power cut, a kill loses nothing that was not yet on disk.
class TempInMemory {
 public:
  TempInMemory() {
    if (access("/dev/shm", W_OK) == 0) base_.emplace("/dev/shm");
  }

 private:
  std::optional<TempBase> base_;
};

}  // namespace echofold::test
