// Copies a file to another file system: made durable, then read back and compared byte by byte.
#pragma once

#include <string>
#include <vector>

#include "engine/act/files/attributes.h"
#include "index/base/fs/file_time.h"
#include "index/base/fs/folder.h"

namespace echofold {

/// What a copy gets besides the bytes.
struct FileTraits {
  std::uint32_t mode = 0600, uid = 0, gid = 0;
  FileTime mtime;
};

/// A file under a temporary name. The destructor removes it unless release() was called.
class PartFile {
 public:
  /// @throws Error if the name is taken or the file can't be made in the folder
  PartFile(const Folder& folder, std::string name);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  int fd() const noexcept { return fd_.get(); }
  const std::string& name() const noexcept { return name_; }
  void release() noexcept { name_.clear(); }  ///< the file stays: the caller is responsible for it now

 private:
  const Folder& folder_;
  std::string name_;
  Fd fd_;
};

/// Gives `part` the bytes and extended attributes of `source` (attributes as far as both file systems have them) and
/// `traits`, makes it durable, reads it back and compares. Owner and mode are set as far as the file system allows.
/// @param others  attributes to add unless `source` has one of the same name
/// @return        the names of the attributes that the file system refused
/// @throws Error  Fault::full, Fault::io; `what` names the file
std::vector<std::string> copy_verified(int source, const PartFile& part, const FileTraits& traits,
                                       const Attributes& others, const std::string& what);

/// Gives `target` the bytes of `source`, shared if the file system can, and its extended attributes (as far as both
/// file systems have them). @throws Error Fault::full, Fault::io
void copy_content(int source, int target, const std::string& what);

/// Sets owner, mode and mtime as far as the file system allows. @throws Error Fault::io
void give_traits(int target, const FileTraits& traits, const std::string& what);

/// Traits of an open file, or of a status that was already read.
FileTraits traits_of(const struct stat& status) noexcept;

/// @throws Error Fault::io if one of them can't be read
bool same_bytes(int a, int b, const std::string& what);

/// Opens a regular file in `folder` for reading, without following a link or waiting for a pipe.
Fd open_to_read(const Folder& folder, const std::string& name);

}  // namespace echofold
