// Copies files, for moves across file systems and for rewrites.
#include "engine/act/files/copier.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "engine/act/files/set_mtime.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;

/// Fills `block` from `offset`, short only at the end of the file.
std::size_t read_block(int fd, std::vector<char>& block, off_t offset, const std::string& what) {
  std::size_t filled = 0;
  while (filled < block.size()) {
    const ssize_t n = uninterrupted([&] {
      return pread(fd, block.data() + filled, block.size() - filled, offset + static_cast<off_t>(filled));
    });
    if (n < 0) throw system_error(errno, what);
    if (n == 0) break;
    filled += static_cast<std::size_t>(n);
  }
  return filled;
}

void write_block(int fd, const char* bytes, std::size_t count, const std::string& what) {
  while (count > 0) {
    const ssize_t n = uninterrupted([&] { return write(fd, bytes, count); });
    if (n <= 0) throw system_error(n == 0 ? ENOSPC : errno, what);
    bytes += n;
    count -= static_cast<std::size_t>(n);
  }
}

void copy_bytes(int source, int target, const std::string& what) {
  std::vector<char> block(block_bytes);
  off_t offset = 0;
  while (const std::size_t n = read_block(source, block, offset, what)) {
    write_block(target, block.data(), n, what);
    offset += static_cast<off_t>(n);
  }
}

}  // namespace

PartFile::PartFile(const Folder& folder, std::string name) : folder_(folder), name_(std::move(name)) {
  fd_ = Fd(uninterrupted([&] {
    return openat(folder.fd(), name_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  }));
  if (!fd_.valid()) throw system_error(errno, printable(folder.path_of(name_)));
}

PartFile::~PartFile() {
  if (!name_.empty()) unlinkat(folder_.fd(), name_.c_str(), 0);
}

void give_traits(int target, const FileTraits& traits, const std::string& what) {
  const bool owner = fchown(target, traits.uid, traits.gid) == 0;
  // Set-user-id bits must not pass to another owner. If the file system has no permissions, its refusal means nothing.
  const mode_t mode = traits.mode & (owner ? 07777u : 0777u);
  if (fchmod(target, mode) != 0 && errno == EIO) throw system_error(errno, what);
  if (!set_mtime(target, traits.mtime) && errno == EIO) throw system_error(errno, what);
}

FileTraits traits_of(const struct stat& status) noexcept {
  return {status.st_mode, status.st_uid, status.st_gid, mtime_of(status)};
}

void copy_content(int source, int target, const std::string& what) {
  if (ioctl(target, FICLONE, source) != 0) copy_bytes(source, target, what);
  copy_attributes(source, target);
}

std::vector<std::string> copy_verified(int source, const PartFile& part, const FileTraits& traits,
                                       const Attributes& others, const std::string& what) {
  const std::string copying = what + ": can't copy it";
  copy_bytes(source, part.fd(), copying);
  std::vector<std::string> refused = give_attributes(part.fd(), with_others(attributes_of(source), others));
  give_traits(part.fd(), traits, copying);
  if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, copying);
  // Drops both from the page cache, so that the compared bytes come from the device.
  posix_fadvise(part.fd(), 0, 0, POSIX_FADV_DONTNEED);
  posix_fadvise(source, 0, 0, POSIX_FADV_DONTNEED);
  if (!same_bytes(source, part.fd(), copying))
    throw Error(Fault::io, what + ": the copy read back differs from the file; it stays where it is");
  return refused;
}

bool same_bytes(int a, int b, const std::string& what) {
  std::vector<char> left(block_bytes);
  std::vector<char> right(block_bytes);
  for (off_t offset = 0;;) {
    const std::size_t n = read_block(a, left, offset, what);
    if (read_block(b, right, offset, what) != n || std::memcmp(left.data(), right.data(), n) != 0)
      return false;
    if (n == 0) return true;
    offset += static_cast<off_t>(n);
  }
}

Fd open_to_read(const Folder& folder, const std::string& name) {
  Fd fd(uninterrupted(
      [&] { return openat(folder.fd(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); }));
  struct stat status {};
  if (!fd.valid() || fstat(fd.get(), &status) != 0)
    throw system_error(errno, printable(folder.path_of(name)));
  if (!S_ISREG(status.st_mode))
    throw Error(Fault::changed,
                printable(folder.path_of(name)) + ": is " + odd_kind_of(status) + ", not a file");
  return fd;
}

}  // namespace echofold
