// Folders held open while files in them are looked at and moved: no link anywhere in a path is followed.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <utility>

#include "engine/disk/file_stamp.h"
#include "index/fd.h"

namespace echofold {

/// The two parts of an absolute path. @throws Error Fault::usage unless it is absolute and plain (no "..")
struct SplitPath {
  std::string folder, name;
};
SplitPath split_path(const std::string& path);

/// `path` as it may be printed in a message: control bytes escaped.
std::string shown(const std::string& path);

/// The reason with the path in it: an error may name no more than a folder far above.
std::string naming(const std::string& path, const std::string& why);

class Folder {
 public:
  /// @throws Error  Fault::missing, Fault::permission, Fault::usage for a path that is not plain, and
  ///                Fault::changed when a part of the path is a symbolic link: it may lead anywhere
  static Folder open(const std::string& path);

  int fd() const noexcept { return fd_.get(); }
  const std::string& path() const noexcept { return path_; }
  std::string path_of(const std::string& name) const;

  /// What stands under `name` itself, a link not followed. @throws Error other than that it is not there
  std::optional<struct stat> look(const std::string& name) const;
  struct stat status() const;

  /// Makes its entries durable. A file system that can't is no error. @throws Error Fault::io
  void sync() const;

 private:
  Folder(Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  Fd fd_;
  std::string path_;
};

/// What is at `path` itself; nothing when it, or a folder above it, is not there.
std::optional<struct stat> look_at(const std::string& path);

/// As difference(), but device numbers are handed out anew at every mount: for files that were left long ago.
bool is_same_but_device(const Stamp& known, const struct stat& now) noexcept;

/// "size 10 -> 12, mtime ...": how a file differs from its stamp; empty when it does not.
std::string difference(const Stamp& planned, const struct stat& now);

/// Makes a folder with the permissions (sticky bit and setgid, too), and where allowed the owner, of the folder `like` (not there: of its
/// parent), always writable for its owner. There already: nothing happens. Durable when it returns.
void make_folder(const std::string& path, const std::string& like);

}  // namespace echofold
