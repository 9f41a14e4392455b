// The lock that one writing run holds on a library; and the rule that a process opens a library once.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <utility>

#include "index/base/fd.h"

namespace echofold {

/// An flock on `<dir>/lock`, kept for the object's life. The file holds the owner's process number, for the
/// message alone; it stays behind, since removing it would let two runs hold two different files.
class LibraryLock {
 public:
  LibraryLock() = default;  ///< holds nothing
  /// @throws Error  Fault::locked when another run holds it, else what opening a file gives
  explicit LibraryLock(const std::filesystem::path& dir);
  /// For a reader that can't tell writers of itself (LMDB's table of readers can't be written): keeps them away, as far as
  /// the lock can be opened at all. @throws Error Fault::locked beside a run that writes
  static LibraryLock shared(const std::filesystem::path& dir);

 private:
  Fd fd_;  // closed, not unlocked: a forked child that ends must not unlock its parent's library
};

/// Marks a library as open in this process: LMDB loses its locks when an environment is opened twice.
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
