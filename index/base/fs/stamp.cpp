// Makes stamps and compares them.
#include "index/base/fs/stamp.h"

namespace echofold {
namespace {

void append_change(std::string& text, bool is_changed, const std::string& what) {
  if (is_changed) text += (text.empty() ? "" : ", ") + what;
}

}  // namespace

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

bool is_same_but_device(const Stamp& known, const struct stat& now) noexcept {
  Stamp found = stamp_of(now);
  found.device = known.device;
  return S_ISREG(now.st_mode) && found == known;
}

std::optional<std::string> difference(const Stamp& planned, const struct stat& now) {
  if (!S_ISREG(now.st_mode)) return "it is not a regular file any more";
  const Stamp stamp = stamp_of(now);
  std::string text;
  append_change(text, planned.size_bytes != stamp.size_bytes,
                "size " + std::to_string(planned.size_bytes) + " -> " + std::to_string(stamp.size_bytes));
  append_change(text, planned.mtime_ns != stamp.mtime_ns, "another modification time");
  append_change(text, planned.inode != 0 && stamp.inode != 0 && planned.inode != stamp.inode,
                "another inode");
  append_change(text, planned.device != stamp.device, "another device");
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace echofold
