// Looks at a folder before it removes it, and makes folders again for undo.
#include "engine/act/files/empty_folder.h"

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "engine/act/files/folder_times.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// Whether the folder has attributes besides an SELinux label. A folder that is made again gets that label by itself,
/// but no other attribute.
bool has_attributes(int fd) {
  char names[4096];
  const ssize_t size = flistxattr(fd, names, sizeof names);
  if (size < 0) return errno != EOPNOTSUPP && errno != ENOSYS;
  for (std::string_view rest(names, static_cast<std::size_t>(size)); !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find('\0'));
    if (name != "security.selinux") return true;
    rest.remove_prefix(name.size() + 1);
  }
  return false;
}

/// True if the folder looks like one of an undo that was killed before it could give it its mode.
bool is_half_made(const struct stat& status, const std::string& path) {
  std::error_code failure;
  return S_ISDIR(status.st_mode) && (status.st_mode & 07777) == 0700 &&
         std::filesystem::is_empty(path, failure) && !failure;
}

void make_one_again(const RemovedFolder& removed) {
  const SplitPath split = split_path(removed.path);
  const Folder parent = Folder::open(split.folder);
  if (mkdirat(parent.fd(), split.name.c_str(), 0700) != 0 && errno != EEXIST)
    throw system_error(errno, printable(removed.path));
  const Folder made = Folder::open(removed.path);
  const bool owner = fchown(made.fd(), removed.uid, removed.gid) == 0;
  // A file system without permissions refuses this; the folder can be used all the same.
  if (fchmod(made.fd(), removed.mode & (owner ? 07777u : 0777u)) != 0 && errno == EIO)
    throw system_error(errno, printable(removed.path));
  parent.sync();
}

}  // namespace

std::optional<RemovedFolder> traits_of_empty_folder(const std::string& path) {
  try {
    const Folder folder = Folder::open(path);
    std::error_code failure;
    if (!std::filesystem::is_empty(path, failure) || failure || has_attributes(folder.fd()))
      return std::nullopt;
    const struct stat status = folder.status();
    return RemovedFolder{path, status.st_mode & 07777u, status.st_uid, status.st_gid};
  } catch (const Error&) {
    return std::nullopt;  // a folder that can't be read stays
  }
}

bool remove_empty_folder(const std::string& path) {
  try {
    const SplitPath split = split_path(path);
    const Folder parent = Folder::open(split.folder);
    if (unlinkat(parent.fd(), split.name.c_str(), AT_REMOVEDIR) != 0) return false;
    parent.sync();
    return true;
  } catch (const Error&) {
    return false;  // an empty folder does no harm
  }
}

std::vector<FolderTime> make_again(const std::vector<RemovedFolder>& removed, FolderTimes& times) {
  std::vector<std::string> touched;
  for (auto folder = removed.rbegin(); folder != removed.rend(); ++folder) try {
      if (!look_at(split_path(folder->path).folder)) continue;
      if (const auto there = look_at(folder->path); there && !is_half_made(*there, folder->path)) continue;
      const std::vector<std::string> parent{split_path(folder->path).folder};
      times.about_to_restore(parent);
      make_one_again(*folder);
      times.changed({parent.front(), folder->path});
      touched.push_back(parent.front());
      touched.push_back(folder->path);
    } catch (const Error&) {
      continue;  // the row of the file that needs it says why that can't be brought back
    }
  return times.changed(touched);
}

}  // namespace echofold
