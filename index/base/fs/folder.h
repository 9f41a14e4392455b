// Folders held open while files in them are looked at and moved: no link anywhere in a path is followed.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <utility>

#include "index/base/fd.h"

namespace echofold {

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

}  // namespace echofold
