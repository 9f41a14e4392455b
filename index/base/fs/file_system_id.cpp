// Uses f_fsid, or the UUID from ioctl(2) (Linux 6.9 and later) or from udev's links in /dev/disk.
#include "index/base/fs/file_system_id.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "index/base/fd.h"
#include "index/base/hash.h"

namespace echofold {
namespace {

constexpr std::size_t uuid_bytes = 16;

/// struct fsuuid2 of linux/fs.h, which is too new for some systems.
struct FileSystemUuid {
  std::uint8_t length;
  std::uint8_t bytes[uuid_bytes];
};
constexpr auto get_file_system_uuid = _IOR(0x15, 0, FileSystemUuid);

std::uint64_t fsid_of(const std::string& folder) {
  struct statfs status {};
  if (::statfs(folder.c_str(), &status) != 0) return 0;
  std::uint64_t id = 0;
  static_assert(sizeof status.f_fsid == sizeof id);
  std::memcpy(&id, &status.f_fsid, sizeof id);
  return id;
}

/// The f_fsid that the kernel makes of a device number (huge_encode_dev).
std::uint64_t fsid_of_device(dev_t device) noexcept {
  const std::uint64_t minor_number = minor(device);
  return (minor_number & 0xff) | (std::uint64_t{major(device)} << 8) | ((minor_number & ~0xffULL) << 12);
}

/// The UUID in udev's notation; empty where the kernel or the file system has none.
std::string uuid_by_ioctl(const std::string& folder) {
  const Fd fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  FileSystemUuid uuid{};
  if (!fd.valid() || ioctl(fd.get(), get_file_system_uuid, &uuid) != 0 || uuid.length != uuid_bytes ||
      std::all_of(std::begin(uuid.bytes), std::end(uuid.bytes), [](std::uint8_t byte) { return byte == 0; }))
    return "";
  std::string text;
  for (std::size_t i = 0; i < uuid_bytes; ++i) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", uuid.bytes[i]);
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits;
  }
  return text;
}

std::string uuid_by_udev(dev_t device) {
  std::error_code failure;
  for (std::filesystem::directory_iterator entry("/dev/disk/by-uuid", failure), end; !failure && entry != end;
       entry.increment(failure)) {
    struct stat status {};
    if (::stat(entry->path().c_str(), &status) == 0 && S_ISBLK(status.st_mode) && status.st_rdev == device)
      return entry->path().filename().native();
  }
  return "";
}

}  // namespace

std::uint64_t file_system_id(const std::string& folder) {
  const std::uint64_t fsid = fsid_of(folder);
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0 || fsid != fsid_of_device(status.st_dev)) return fsid;
  std::string uuid = uuid_by_ioctl(folder);
  if (uuid.empty()) uuid = uuid_by_udev(status.st_dev);
  if (uuid.empty()) return fsid;
  StreamHash hash;
  hash.add(uuid.data(), uuid.size());
  return hash.digest().low;
}

bool is_on_file_system(const std::string& folder, std::uint64_t id) {
  return id == file_system_id(folder) || id == fsid_of(folder);
}

}  // namespace echofold
