// Folders that are held open while files in them are examined and moved. No link anywhere in a path is followed.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <utility>

#include "index/base/fd.h"

namespace echofold {

class Folder {
 public:
  /// @throws Error  Fault::missing; Fault::permission; Fault::usage for a path that is not plain;
  ///                Fault::changed when a part of the path is a symbolic link, which may lead anywhere
  static Folder open(const std::string& path);

  int fd() const noexcept { return fd_.get(); }
  const std::string& path() const noexcept { return path_; }
  std::string path_of(const std::string& name) const;

  /// The status of the entry `name`; a link is not followed. Nothing when it is not there.
  /// @throws Error for other errors
  std::optional<struct stat> look(const std::string& name) const;
  struct stat status() const;

  /// Makes its entries durable. It is no error when the file system can't do that. @throws Error Fault::io
  void sync() const;

 private:
  Folder(Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  Fd fd_;
  std::string path_;
};

/// The status of `path` itself; nothing when it, or a folder above it, is not there.
std::optional<struct stat> look_at(const std::string& path);

}  // namespace echofold
