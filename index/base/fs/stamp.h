// The stamp of what the system says of a file, and when two of them mean one file.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string>

#include "index/base/fs/file_systems.h"

namespace echofold {

/// What tells an unchanged file without opening it. All zero for an imported track.
struct Stamp {
  std::uint64_t device = 0, inode = 0, size_bytes = 0;
  std::int64_t mtime_ns = 0;
  bool operator==(const Stamp&) const = default;
};

/// Beyond the years 1677 to 2262 modulo 2^64: it tells a changed time from an unchanged one, but does not give the time.
std::int64_t mtime_ns_of(const struct stat& status) noexcept;

/// Without an inode (0) where the file system makes inode numbers up.
Stamp stamp_of(const struct stat& status) noexcept;

/// Size and time are the same, and the inode where both have one.
inline bool is_same_version(const Stamp& a, const Stamp& b) noexcept {
  return a.size_bytes == b.size_bytes && a.mtime_ns == b.mtime_ns &&
         (a.inode == b.inode || a.inode == 0 || b.inode == 0);
}

/// For two stamps of one path. Device numbers are handed out anew at every boot and mount; inode, size and time together
/// are proof enough that a file was not written to. Inodes count only where they outlast a mount.
inline bool is_unchanged(const Stamp& known, const Stamp& found) {
  if (known == Stamp{}) return false;
  if (is_same_version(known, found)) return true;
  return known.size_bytes == found.size_bytes && known.mtime_ns == found.mtime_ns &&
         inode_numbers(found.device) == InodeNumbers::passing;
}

/// Whether both are one file by what the system says of them: by device and inode, and where inode numbers are made
/// up as further names of one file (link counts above 1) with equal size and time.
inline bool may_be_one_file(const struct stat& a, const struct stat& b) {
  if (a.st_dev != b.st_dev || a.st_ino != b.st_ino || a.st_size != b.st_size ||
      mtime_ns_of(a) != mtime_ns_of(b))
    return false;
  return inode_numbers(a.st_dev) != InodeNumbers::made_up || (a.st_nlink > 1 && b.st_nlink > 1);
}

/// Whether both paths lead to one file now: as above, or as one place of a file system that is mounted twice.
bool is_one_file(const std::string& a, const std::string& b);

/// As difference(), but device numbers are handed out anew at every mount: for files that were left long ago.
bool is_same_but_device(const Stamp& known, const struct stat& now) noexcept;

/// "size 10 -> 12, mtime ...": how a file differs from its stamp; empty when it does not.
std::string difference(const Stamp& planned, const struct stat& now);

}  // namespace echofold
