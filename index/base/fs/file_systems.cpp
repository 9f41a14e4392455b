// Reads /proc/self/mountinfo (proc(5)): "id parent major:minor root at options fields... - type source options".
#include "index/base/fs/file_systems.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "index/base/fd.h"

namespace echofold {
namespace {

constexpr std::array lasting_types = std::to_array<std::string_view>({
    "bcachefs", "btrfs",    "erofs", "ext2",   "ext3",  "ext4",    "f2fs",  "hfs",
    "hfsplus",  "iso9660",  "jfs",   "nilfs2", "ntfs3", "overlay", "ramfs", "reiserfs",
    "rootfs",   "squashfs", "tmpfs", "udf",    "ufs",   "xfs",     "zfs",
});
constexpr std::array passing_types = std::to_array<std::string_view>(
    {"afs", "ceph", "cifs", "gfs2", "lustre", "nfs", "nfs4", "ocfs2", "smb3"});

template <class Types>
bool is_one_of(const Types& types, std::string_view type) noexcept {
  return std::find(types.begin(), types.end(), type) != types.end();
}

/// Removes the next field from the line. Fields are separated by spaces.
std::string_view take_field(std::string_view& line) noexcept {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

std::optional<std::uint64_t> number_of(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && stop == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// Spaces and other special characters are escaped as a backslash and three octal digits.
std::string unescaped(std::string_view text) {
  const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '7'; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || !digit(i + 1) || !digit(i + 2) || !digit(i + 3)) {
      out += text[i];
      continue;
    }
    out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
    i += 3;
  }
  return out;
}

std::optional<MountedFolder> parse_line(std::string_view line) {
  MountedFolder mount;
  const auto id = number_of(take_field(line));
  take_field(line);
  const std::string_view device = take_field(line);
  const std::size_t colon = device.find(':');
  if (!id || colon == std::string_view::npos) return std::nullopt;
  const auto major_number = number_of(device.substr(0, colon)),
             minor_number = number_of(device.substr(colon + 1));
  if (!major_number || !minor_number) return std::nullopt;
  mount.id = *id;
  mount.device = makedev(static_cast<unsigned>(*major_number), static_cast<unsigned>(*minor_number));
  mount.root = unescaped(take_field(line));
  mount.at = unescaped(take_field(line));
  const std::size_t dash = line.find(" - ");
  if (mount.at.empty() || dash == std::string_view::npos) return std::nullopt;
  line.remove_prefix(dash + 3);
  const std::string_view type = take_field(line);
  take_field(line);
  mount.inodes = inode_numbers_of_type(type, line);
  return mount;
}

/// Empty when the file can't be read: stamps are made where nothing may throw.
std::vector<MountedFolder> mounts_now() {
  const Fd file(uninterrupted([] { return open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC); }));
  std::string text;
  std::array<char, 1 << 14> block{};
  for (ssize_t n = 1; n > 0;) {
    n = file.valid() ? uninterrupted([&] { return read(file.get(), block.data(), block.size()); }) : -1;
    if (n < 0) return {};
    text.append(block.data(), static_cast<std::size_t>(n));
  }
  return parse_mounts(text);
}

struct Devices {
  std::shared_mutex mutex;
  std::unordered_map<std::uint64_t, InodeNumbers> known;
};
Devices& devices() {
  static Devices all;
  return all;
}

/// The rest of `path` below `at`; nothing when `path` is not in `at`.
std::optional<std::string> below(const std::string& path, const std::string& at) {
  if (at == "/") return path;
  if (!path.starts_with(at)) return std::nullopt;
  if (path.size() == at.size()) return "";
  return path[at.size()] == '/' ? std::optional(path.substr(at.size())) : std::nullopt;
}

}  // namespace

InodeNumbers inode_numbers_of_type(std::string_view type, std::string_view options) noexcept {
  if (is_one_of(lasting_types, type)) return InodeNumbers::lasting;
  if (!is_one_of(passing_types, type)) return InodeNumbers::made_up;
  // With this option SMB mounts make numbers up instead of using the server's.
  return options.find("noserverino") == std::string_view::npos ? InodeNumbers::passing
                                                               : InodeNumbers::made_up;
}

std::vector<MountedFolder> parse_mounts(std::string_view mountinfo) {
  std::vector<MountedFolder> mounts;
  while (!mountinfo.empty()) {
    const std::size_t end = std::min(mountinfo.find('\n'), mountinfo.size());
    if (auto mount = parse_line(mountinfo.substr(0, end))) mounts.push_back(*std::move(mount));
    mountinfo.remove_prefix(std::min(end + 1, mountinfo.size()));
  }
  return mounts;
}

InodeNumbers inode_numbers(std::uint64_t device) {
  {
    const std::shared_lock lock(devices().mutex);
    if (const auto known = devices().known.find(device); known != devices().known.end()) return known->second;
  }
  const std::unique_lock lock(devices().mutex);
  const std::vector<MountedFolder> mounts = mounts_now();
  if (mounts.empty()) return InodeNumbers::lasting;  // not stored: the next call reads the mounts again
  for (const MountedFolder& mount : mounts) devices().known.insert_or_assign(mount.device, mount.inodes);
  return devices().known.try_emplace(device, InodeNumbers::lasting).first->second;
}

void forget_mounts() {
  const std::unique_lock lock(devices().mutex);
  devices().known.clear();
}

Mounts::Mounts() : mounts_(mounts_now()) {}

std::optional<std::string> Mounts::place_in(std::uint64_t mount_id, const std::string& path) const {
  const auto mount =
      std::find_if(mounts_.begin(), mounts_.end(), [&](const MountedFolder& m) { return m.id == mount_id; });
  if (mount == mounts_.end()) return std::nullopt;
  const auto rest = below(path, mount->at);
  if (!rest) return std::nullopt;
  std::string inside = mount->root == "/" ? *rest : mount->root + *rest;
  while (inside.size() > 1 && inside.back() == '/') inside.pop_back();
  return std::to_string(mount->device) + ':' + (inside.empty() ? "/" : inside);
}

std::optional<std::string> Mounts::place_of(int fd, const std::string& path) const {
#ifdef STATX_MNT_ID
  struct statx status {};
  if (::statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_MNT_ID, &status) != 0 ||
      (status.stx_mask & STATX_MNT_ID) == 0)
    return std::nullopt;
  return place_in(status.stx_mnt_id, path);
#else
  static_cast<void>(fd);
  static_cast<void>(path);
  return std::nullopt;
#endif
}

std::optional<std::string> place_of(const std::string& path) {
  const Fd fd(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  return fd.valid() ? Mounts().place_of(fd.get(), path) : std::nullopt;
}

}  // namespace echofold
