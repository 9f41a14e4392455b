// The lock that one writing run holds on a library, and the mark that keeps a process from opening a library twice.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <utility>

#include "index/base/fd.h"

namespace echofold {

/// An flock on `<dir>/lock`, held for the object's life. The file contains the owner's process id, for messages only.
/// It is never removed: then two runs could hold locks on two different files.
class LibraryLock {
 public:
  LibraryLock() = default;  ///< holds nothing
  /// @throws Error  Fault::locked when another run holds it; Fault::permission; what opening a file gives
  explicit LibraryLock(const std::filesystem::path& dir);
  /// For a reader that can't register in LMDB's reader table, because that can't be written: a shared lock, which keeps
  /// writers away. Holds nothing if the lock file can't be opened. @throws Error Fault::locked beside a run that writes
  static LibraryLock shared(const std::filesystem::path& dir);

 private:
  Fd fd_;  // is closed, never unlocked: a forked child that ends must not unlock its parent's library
};

/// Marks a library as open in this process: LMDB loses its locks when a process opens an environment twice.
/// A forked child does not inherit the mark.
class OpenMark {
 public:
  OpenMark() = default;  ///< marks nothing
  /// @throws Error Fault::locked when this process has it open
  explicit OpenMark(const std::filesystem::path& dir);
  OpenMark(OpenMark&& other) noexcept : library_(std::exchange(other.library_, {})) {}
  OpenMark& operator=(OpenMark&& other) noexcept {
    std::swap(library_, other.library_);
    return *this;
  }
  ~OpenMark();

 private:
  std::pair<dev_t, ino_t> library_{};
};

}  // namespace echofold
