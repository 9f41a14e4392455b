// File systems for one test, mounted in a mount namespace that only the test's process sees. The kernel removes them
// and their loop devices with the process, however it ends.
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace echofold::test {

/// Puts the calling process (which must have only one thread) into its own mount namespace, once.
/// @return false if that is not allowed (it requires root)
inline bool may_mount() {
  static const bool allowed =
      unshare(CLONE_NEWNS) == 0 && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return allowed;
}

/// A mounted file system. Requires may_mount().
class Mount {
 public:
  /// Mounts the folder `source` a second time, at `at`.
  static Mount bind(const std::string& source, const std::string& at) {
    return {at, source, nullptr, MS_BIND, nullptr};
  }
  static Mount in_memory(const std::string& at, const std::string& size) {
    return {at, "none", "tmpfs", 0, ("size=" + size).c_str()};
  }
  /// A file system in memory that has no extended attributes.
  static Mount without_attributes(const std::string& at) { return {at, "none", "ramfs", 0, ""}; }
  /// An ext4 in the file `image`, which is created with `size` ("8M") if it does not exist. Mounts nothing if loop
  /// devices are not allowed: see operator bool.
  static Mount ext4(const std::string& image, const std::string& at, const std::string& size,
                    const std::string& options = "loop") {
    Mount mount(at);
    std::filesystem::create_directories(at);
    if (!std::filesystem::exists(image) &&
        !run("truncate -s " + size + " '" + image + "' && mkfs.ext4 -q -m 0 -E lazy_itable_init=0 '" + image +
             "'"))
      return mount;
    mount.mounted_ = run("mount -t ext4 -o " + options + " '" + image + "' '" + at + "'");
    return mount;
  }

  /// Likewise an XFS of at least "320M".
  static Mount xfs(const std::string& image, const std::string& at, const std::string& size) {
    Mount mount(at);
    std::filesystem::create_directories(at);
    if (!std::filesystem::exists(image) &&
        !run("truncate -s " + size + " '" + image + "' && mkfs.xfs -q '" + image + "'"))
      return mount;
    mount.mounted_ = run("mount -t xfs -o loop '" + image + "' '" + at + "'");
    return mount;
  }
  /// Likewise an exFAT, with the kernel's driver or exfat-fuse: it has no links, attributes, modes or owners.
  static Mount exfat(const std::string& image, const std::string& at, const std::string& size) {
    Mount mount(at);
    std::filesystem::create_directories(at);
    if (!std::filesystem::exists(image) &&
        !run("truncate -s " + size + " '" + image + "' && mkfs.exfat '" + image + "'"))
      return mount;
    mount.mounted_ = run("mount -i -t exfat -o loop '" + image + "' '" + at + "'") ||
                     run("device=$(losetup -f --show '" + image + "') && mount.exfat-fuse $device '" + at +
                         "'; got=$?; losetup -d $device; exit $got");
    return mount;
  }

  Mount(Mount&& other) noexcept : at_(std::move(other.at_)), mounted_(other.mounted_) {
    other.mounted_ = false;
  }
  Mount& operator=(Mount&& other) noexcept {
    std::swap(at_, other.at_);
    std::swap(mounted_, other.mounted_);
    return *this;
  }
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;
  ~Mount() { gone(); }

  explicit operator bool() const noexcept { return mounted_; }
  const std::string& at() const noexcept { return at_; }

  /// Unmounts; an open file keeps the file system alive but hidden. @return false if it was busy
  bool gone() {
    if (!mounted_) return true;
    const bool clean = umount2(at_.c_str(), 0) == 0;
    if (!clean) umount2(at_.c_str(), MNT_DETACH);
    mounted_ = false;
    return clean;
  }

  void make_read_only() const {
    if (mount(nullptr, at_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0)
      throw std::runtime_error("can't make it read-only: " + at_);
  }

  /// Cuts the power: nothing more reaches the disk, not even what the file system's journal holds in memory unless
  /// `flush_log`. Only ext4 supports this.
  void cut_power(bool flush_log) const {
    constexpr std::uint32_t log_flush = 1;
    constexpr std::uint32_t no_log_flush = 2;
    std::uint32_t how = flush_log ? log_flush : no_log_flush;
    const int fd = open(at_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int result = ioctl(fd, _IOR('X', 125, std::uint32_t), &how);
    close(fd);
    if (result != 0) throw std::runtime_error("can't shut down " + at_);
  }

 private:
  explicit Mount(std::string at) : at_(std::move(at)) {}
  Mount(std::string at, const std::string& source, const char* kind, unsigned long flags, const char* options)
      : at_(std::move(at)) {
    std::filesystem::create_directories(at_);
    mounted_ = mount(source.c_str(), at_.c_str(), kind, flags, options) == 0;
  }
  static bool run(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  }

  std::string at_;
  bool mounted_ = false;
};

}  // namespace echofold::test
