// Opens folders part by part, so that no symbolic link can lead a move elsewhere.
#include "engine/act/folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "engine/disk/file_stamp.h"
#include "index/error.h"

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
    throw Error(Fault::changed, shown(whole) + ": its part \"" + shown(name) +
                                    "\" is a symbolic link and may lead elsewhere; scan the library again");
  throw system_error(failure, shown(whole));
}

void append_change(std::string& text, const char* what, std::int64_t planned, std::int64_t now) {
  if (planned == now) return;
  if (!text.empty()) text += ", ";
  text += std::string(what) + " " + std::to_string(planned) + " -> " + std::to_string(now);
}

/// Best effort: only root may give a folder away.
void give_owner(int fd, const struct stat& like) {
  if (fchown(fd, like.st_uid, like.st_gid) != 0 && fchown(fd, static_cast<uid_t>(-1), like.st_gid) != 0)
    return;
}

}  // namespace

std::string shown(const std::string& path) {
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      text += c;
      continue;
    }
    char escape[5];
    std::snprintf(escape, sizeof escape, "\\x%02x", byte);
    text += escape;
  }
  return text;
}

std::string naming(const std::string& path, const std::string& why) {
  return why.find(shown(path)) == std::string::npos ? shown(path) + ": " + why : why;
}

SplitPath split_path(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? "" : path.substr(slash + 1);
  if (path.empty() || path.front() != '/' || name.empty() || name == "." || name == ".." ||
      path.find('\0') != std::string::npos)
    throw Error(Fault::usage, shown(path) + ": not a plain absolute path");
  return {slash == 0 ? "/" : path.substr(0, slash), name};
}

Folder Folder::open(const std::string& path) {
  if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos)
    throw Error(Fault::usage, shown(path) + ": not a plain absolute path");
  // Only the last part has to be readable, for its fsync; those above it need no more than passage.
  Fd folder(uninterrupted(
      [&] { return ::open("/", (path == "/" ? O_RDONLY : O_PATH) | O_DIRECTORY | O_CLOEXEC); }));
  if (!folder.valid()) throw system_error(errno, shown(path));
  for (std::size_t start = 1; start < path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string part = path.substr(start, end - start);
    if (part.empty() || part == "." || part == "..")
      throw Error(Fault::usage, shown(path) + ": not a plain absolute path");
    folder = step_into(folder.get(), part, end == path.size() ? O_RDONLY : O_PATH, path);
    start = end + 1;
  }
  return {std::move(folder), path};
}

std::string Folder::path_of(const std::string& name) const {
  return path_ == "/" ? "/" + name : path_ + "/" + name;
}

std::optional<struct stat> Folder::look(const std::string& name) const {
  struct stat status {};
  if (uninterrupted([&] { return fstatat(fd(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW); }) == 0)
    return status;
  if (errno == ENOENT) return std::nullopt;
  throw system_error(errno, shown(path_of(name)));
}

struct stat Folder::status() const {
  struct stat status {};
  if (fstat(fd(), &status) != 0) throw system_error(errno, shown(path_));
  return status;
}

void Folder::sync() const {
  if (uninterrupted([&] { return fsync(fd()); }) == 0) return;
  if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) return;
  throw system_error(errno, shown(path_) + ": can't make the folder's change durable");
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

bool is_same_but_device(const Stamp& known, const struct stat& now) noexcept {
  Stamp found = stamp_of(now);
  found.device = known.device;
  return S_ISREG(now.st_mode) && found == known;
}

std::string difference(const Stamp& planned, const struct stat& now) {
  if (!S_ISREG(now.st_mode)) return "it is not a regular file any more";
  const Stamp stamp = stamp_of(now);
  std::string text;
  append_change(text, "size", static_cast<std::int64_t>(planned.size_bytes),
                static_cast<std::int64_t>(stamp.size_bytes));
  append_change(text, "mtime in ns", planned.mtime_ns, stamp.mtime_ns);
  if (planned.inode != 0 && stamp.inode != 0)
    append_change(text, "inode", static_cast<std::int64_t>(planned.inode),
                  static_cast<std::int64_t>(stamp.inode));
  append_change(text, "device", static_cast<std::int64_t>(planned.device),
                static_cast<std::int64_t>(stamp.device));
  return text;
}

void make_folder(const std::string& path, const std::string& like) {
  const SplitPath split = split_path(path);
  const Folder parent = Folder::open(split.folder);
  const auto model = like.empty() || like == "/" ? std::nullopt : look_at(like);
  const struct stat wanted = model && S_ISDIR(model->st_mode) ? *model : parent.status();
  if (mkdirat(parent.fd(), split.name.c_str(), 0700) != 0) {
    if (errno == EEXIST) return;
    throw system_error(errno, shown(path) + ": can't make the folder");
  }
  const Folder made = Folder::open(path);
  give_owner(made.fd(), wanted);
  // A file system without permissions refuses; the folder serves all the same.
  if (fchmod(made.fd(), (wanted.st_mode & 03777) | 0700) != 0 && errno == EIO)
    throw system_error(errno, shown(path));
  parent.sync();
}

}  // namespace echofold
