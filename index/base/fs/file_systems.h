// The mounted file systems, as far as it matters which file is which.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

/// What the inode numbers of a file system are worth.
enum class InodeNumbers : std::uint8_t {
  lasting,  ///< a file has its number to itself, for as long as it is there: ext4, XFS, Btrfs, ZFS, ...
  passing,  ///< likewise while it is mounted; with some servers another number after the next mount: NFS, SMB, Ceph
  made_up  ///< others after each mount, or one number for two files: FAT, exFAT, FUSE, merged and unknown file systems
};

/// One line of /proc/self/mountinfo.
struct MountedFolder {
  std::uint64_t id = 0;
  std::uint64_t device =
      0;  ///< as stat gives it for files there; on Btrfs of the whole file system, not of a subvolume
  std::string root;  ///< the folder of the file system that is seen here, "/" for all of it
  std::string at;    ///< where it is seen
  InodeNumbers inodes = InodeNumbers::lasting;
};

/// Lines that make no sense are left out.
std::vector<MountedFolder> parse_mounts(std::string_view mountinfo);

/// By the type of the file system ("fuse.mergerfs") and the options of its mount.
InodeNumbers inode_numbers_of_type(std::string_view type, std::string_view options) noexcept;

/// Of the file system with this device number. `lasting` where the system does not say. Thread-safe; the system is
/// asked again only for a device that is new, and after forget_mounts().
InodeNumbers inode_numbers(std::uint64_t device);

/// Another file system may have got the device number of one that is gone: to be called when a walk or a run begins.
void forget_mounts();

/// The mounted folders of this moment, for place_of().
class Mounts {
 public:
  Mounts();
  explicit Mounts(std::vector<MountedFolder> mounts) : mounts_(std::move(mounts)) {}

  /// Which folder of which file system this is, whatever it is mounted as: equal for two paths means that it is the very
  /// same. Nothing where the system does not say.
  /// @param fd    of the folder or file that is open under `path`, which is absolute and leads through no link
  std::optional<std::string> place_of(int fd, const std::string& path) const;

  /// The same with the mount's id known.
  std::optional<std::string> place_in(std::uint64_t mount_id, const std::string& path) const;

 private:
  std::vector<MountedFolder> mounts_;
};

/// Mounts::place_of() for a path that is looked at now.
std::optional<std::string> place_of(const std::string& path);

}  // namespace echofold
