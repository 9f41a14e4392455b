// The mounted file systems: whether their inode numbers identify files, and where folders are mounted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

/// How far the inode numbers of a file system identify files.
enum class InodeNumbers : std::uint8_t {
  lasting,  ///< a file has a number of its own as long as it exists: ext4, XFS, Btrfs, ZFS, ...
  passing,  ///< the same as long as it is mounted; some servers give other numbers after a mount: NFS, SMB, Ceph
  made_up  ///< other numbers after each mount, or one for two files: FAT, exFAT, FUSE, merged and unknown file systems
};

/// One line of /proc/self/mountinfo.
struct MountedFolder {
  std::uint64_t id = 0;
  std::uint64_t device =
      0;  ///< as in stat of files there; on Btrfs that of the whole file system, not of a subvolume
  std::string root;  ///< the folder of the file system that is mounted, "/" for the whole file system
  std::string at;    ///< where it is mounted
  InodeNumbers inodes = InodeNumbers::lasting;
};

/// Lines that make no sense are skipped.
std::vector<MountedFolder> parse_mounts(std::string_view mountinfo);

/// Follows from the type of the file system ("fuse.mergerfs") and the options of its mount.
InodeNumbers inode_numbers_of_type(std::string_view type, std::string_view options) noexcept;

/// For the file system with this device number; `lasting` where the system does not list it. Thread-safe. Reads the
/// mounts only for a new device, and after forget_mounts().
InodeNumbers inode_numbers(std::uint64_t device);

/// To be called when a walk or a run begins: a file system may have got the device number of one that was unmounted.
void forget_mounts();

/// The folders that are mounted when it is made, for place_of().
class Mounts {
 public:
  Mounts();
  explicit Mounts(std::vector<MountedFolder> mounts) : mounts_(std::move(mounts)) {}

  /// The place of a folder or file in its file system, wherever that is mounted: two paths with equal places are the
  /// same folder or file. Nothing where the system does not list the mount.
  /// @param fd    the folder or file, open under `path`, which is absolute and has no symbolic links
  std::optional<std::string> place_of(int fd, const std::string& path) const;

  /// The same, if the mount's id is known.
  std::optional<std::string> place_in(std::uint64_t mount_id, const std::string& path) const;

 private:
  std::vector<MountedFolder> mounts_;
};

/// Mounts::place_of() for a path, with the present mounts.
std::optional<std::string> place_of(const std::string& path);

}  // namespace echofold
