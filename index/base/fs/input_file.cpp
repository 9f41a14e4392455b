// Checks what is at a path, opens it without blocking, and checks it again.
#include "index/base/fs/input_file.h"

#include <fcntl.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cerrno>

#include "index/base/error.h"

namespace echofold {
namespace {

bool is_null_device(const struct stat& status) noexcept {
  return S_ISCHR(status.st_mode) && major(status.st_rdev) == 1 && minor(status.st_rdev) == 3;
}

void require_regular(const struct stat& status, const std::string& path) {
  if (const std::string kind = odd_kind_of(status); !kind.empty())
    throw Error(Fault::unsupported, path + ": is " + kind + ", and a file is needed there");
}

}  // namespace

std::string odd_kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode) || is_null_device(status)) return "";
  if (S_ISDIR(status.st_mode)) return "a folder";
  if (S_ISFIFO(status.st_mode)) return "a pipe";
  if (S_ISSOCK(status.st_mode)) return "a socket";
  return S_ISLNK(status.st_mode) ? "a symbolic link" : "a device";
}

Fd open_regular(const std::string& path, int more_flags) {
  const int follow = (more_flags & O_NOFOLLOW) != 0 ? AT_SYMLINK_NOFOLLOW : 0;
  struct stat status {};
  if (fstatat(AT_FDCWD, path.c_str(), &status, follow) != 0) throw system_error(errno, path);
  require_regular(status, path);
  Fd fd(uninterrupted(
      [&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | more_flags); }));
  if (!fd.valid() || fstat(fd.get(), &status) != 0) throw system_error(errno, path);
  require_regular(status, path);
  return fd;
}

std::string read_regular(const std::string& path, std::size_t most_bytes, int more_flags) {
  const Fd fd = open_regular(path, more_flags);
  std::string bytes;
  char block[1 << 16];
  for (;;) {
    const ssize_t n = uninterrupted([&] { return ::read(fd.get(), block, sizeof block); });
    if (n < 0) throw system_error(errno, path);
    if (n == 0) return bytes;
    if (static_cast<std::size_t>(n) > most_bytes - bytes.size())
      throw Error(Fault::unsupported, path + ": is larger than " + std::to_string(most_bytes >> 20) +
                                          " MB: is it the right file?");
    bytes.append(block, static_cast<std::size_t>(n));
  }
}

}  // namespace echofold
