// A new folder first has permissions for us alone, then those of its model.
#include "engine/act/files/make_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// Best effort: only root may change the owner. If that fails, at least the group is tried.
void give_owner(int fd, const struct stat& like) {
  if (fchown(fd, like.st_uid, like.st_gid) != 0 && fchown(fd, static_cast<uid_t>(-1), like.st_gid) != 0)
    return;
}

}  // namespace

void make_folder(const std::string& path, const std::string& like) {
  const SplitPath split = split_path(path);
  const Folder parent = Folder::open(split.folder);
  const auto model = like.empty() || like == "/" ? std::nullopt : look_at(like);
  const struct stat wanted = model && S_ISDIR(model->st_mode) ? *model : parent.status();
  if (mkdirat(parent.fd(), split.name.c_str(), 0700) != 0) {
    if (errno == EEXIST) return;
    throw system_error(errno, printable(path) + ": can't make the folder");
  }
  const Folder made = Folder::open(path);
  give_owner(made.fd(), wanted);
  // A file system without permissions refuses this; the folder can be used all the same.
  if (fchmod(made.fd(), (wanted.st_mode & 03777) | 0700) != 0 && errno == EIO)
    throw system_error(errno, printable(path));
  parent.sync();
}

}  // namespace echofold
