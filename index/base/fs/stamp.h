// Stamps of files, and when two stamps mean one file.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>

#include "index/base/fs/file_systems.h"

namespace echofold {

/// By its stamp an unchanged file is recognised without opening it. All zero for an imported track.
struct Stamp {
  std::uint64_t device = 0, inode = 0, size_bytes = 0;
  std::int64_t mtime_ns = 0;
  bool operator==(const Stamp&) const = default;
};

/// Outside the years 1677 to 2262 this is modulo 2^64: a changed time is still seen, but the time itself is wrong.
std::int64_t mtime_ns_of(const struct stat& status) noexcept;

/// The inode is 0 where the file system makes inode numbers up.
Stamp stamp_of(const struct stat& status) noexcept;

/// Size and time are the same, and the inode where both have one.
inline bool is_same_version(const Stamp& a, const Stamp& b) noexcept {
  return a.size_bytes == b.size_bytes && a.mtime_ns == b.mtime_ns &&
         (a.inode == b.inode || a.inode == 0 || b.inode == 0);
}

/// For two stamps of one path. Device numbers change with every boot and mount, so they don't count: equal inode, size
/// and time prove well enough that a file was not written to. Inodes count only where they outlast a mount.
inline bool is_unchanged(const Stamp& known, const Stamp& found) {
  if (known == Stamp{}) return false;
  if (is_same_version(known, found)) return true;
  return known.size_bytes == found.size_bytes && known.mtime_ns == found.mtime_ns &&
         inode_numbers(found.device) == InodeNumbers::passing;
}

/// Whether both may be one file: equal device, inode, size and time, and, where inode numbers are made up, link counts
/// above 1 (two names of one file).
inline bool may_be_one_file(const struct stat& a, const struct stat& b) {
  if (a.st_dev != b.st_dev || a.st_ino != b.st_ino || a.st_size != b.st_size ||
      mtime_ns_of(a) != mtime_ns_of(b))
    return false;
  return inode_numbers(a.st_dev) != InodeNumbers::made_up || (a.st_nlink > 1 && b.st_nlink > 1);
}

/// Whether both paths are one file now: by may_be_one_file(), or as one place of a file system that is mounted twice.
bool is_one_file(const std::string& a, const std::string& b);

/// Whether this is a regular file with the size, time and inode of the stamp. The device number may differ: it changes
/// with every mount, and the stamp may be old.
bool is_same_but_device(const Stamp& known, const struct stat& now) noexcept;

/// "size 10 -> 12, another modification time": how a file differs from its stamp; nothing if it does not.
std::optional<std::string> difference(const Stamp& planned, const struct stat& now);

}  // namespace echofold
