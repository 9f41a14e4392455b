// See file_stamp.h.
#include "engine/disk/file_stamp.h"

namespace echofold {

std::int64_t mtime_ns_of(const struct stat& status) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000u +
                                   static_cast<std::uint64_t>(status.st_mtim.tv_nsec));
}

Stamp stamp_of(const struct stat& status) noexcept {
  const bool has_inode = inode_numbers(status.st_dev) != InodeNumbers::made_up;
  return {status.st_dev, has_inode ? status.st_ino : 0, static_cast<std::uint64_t>(status.st_size),
          mtime_ns_of(status)};
}

bool is_one_file(const std::string& a, const std::string& b) {
  if (a == b) return true;
  struct stat of_a {
  }, of_b{};
  if (::lstat(a.c_str(), &of_a) != 0 || ::lstat(b.c_str(), &of_b) != 0 || of_a.st_dev != of_b.st_dev)
    return false;
  if (may_be_one_file(of_a, of_b)) return true;
  if (of_a.st_ino != of_b.st_ino) return false;
  const auto place_a = place_of(a), place_b = place_of(b);
  return place_a && place_a == place_b;
}

}  // namespace echofold
