// The stamp of what the system says of a file.
#pragma once

#include <sys/stat.h>

#include "index/record.h"

namespace echofold {

inline Stamp stamp_of(const struct stat& status) noexcept {
  return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
          status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec};
}

/// Device numbers are handed out anew at every boot and mount; path, inode, size and time together are proof
/// enough that a file was not written to.
inline bool is_unchanged(Stamp known, const Stamp& found) noexcept {
  known.device = found.device;
  return known == found;
}

}  // namespace echofold
