// Opens folders part by part, so that no symbolic link can lead a move elsewhere.
#include "index/base/fs/folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

bool is_link(int folder, const std::string& name) {
  struct stat status {};
  return fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

/// Opens one part of `whole` in the folder before it.
Fd step_into(int folder, const std::string& name, int flags, const std::string& whole) {
  Fd next(uninterrupted(
      [&] { return openat(folder, name.c_str(), flags | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }));
  if (next.valid()) return next;
  const int failure = errno;
  if ((failure == ENOTDIR || failure == ELOOP) && is_link(folder, name))
    throw Error(Fault::changed, printable(whole) + ": its part \"" + printable(name) +
                                    "\" is a symbolic link and may lead elsewhere; scan the library again");
  throw system_error(failure, printable(whole));
}

}  // namespace

Folder Folder::open(const std::string& path) {
  if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos)
    throw Error(Fault::usage, printable(path) + ": not a plain absolute path");
  // Only the last part must be readable, for its fsync. Those above it need only the permission to pass through.
  Fd folder(uninterrupted(
      [&] { return ::open("/", (path == "/" ? O_RDONLY : O_PATH) | O_DIRECTORY | O_CLOEXEC); }));
  if (!folder.valid()) throw system_error(errno, printable(path));
  for (std::size_t start = 1; start < path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string part = path.substr(start, end - start);
    if (part.empty() || part == "." || part == "..")
      throw Error(Fault::usage, printable(path) + ": not a plain absolute path");
    folder = step_into(folder.get(), part, end == path.size() ? O_RDONLY : O_PATH, path);
    start = end + 1;
  }
  return {std::move(folder), path};
}

std::string Folder::path_of(const std::string& name) const { return join_path(path_, name); }

std::optional<struct stat> Folder::look(const std::string& name) const {
  struct stat status {};
  if (uninterrupted([&] { return fstatat(fd(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW); }) == 0)
    return status;
  if (errno == ENOENT) return std::nullopt;
  throw system_error(errno, printable(path_of(name)));
}

struct stat Folder::status() const {
  struct stat status {};
  if (fstat(fd(), &status) != 0) throw system_error(errno, printable(path_));
  return status;
}

void Folder::sync() const {
  if (uninterrupted([&] { return fsync(fd()); }) == 0) return;
  if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) return;
  throw system_error(errno, printable(path_) + ": can't make the folder's change durable");
}

std::optional<struct stat> look_at(const std::string& path) {
  const SplitPath split = split_path(path);
  try {
    return Folder::open(split.folder).look(split.name);
  } catch (const Error& e) {
    if (e.fault() == Fault::missing) return std::nullopt;
    throw;
  }
}

}  // namespace echofold
