// Sets the time of an open file or folder.
#pragma once

#include "index/base/fs/file_time.h"

namespace echofold {

/// Sets the mtime and leaves the atime. Some file systems set both times or neither, and report success (FUSE with
/// libfuse 2); there the atime is set to the value that it has.
/// @return false, with errno, if the system refuses
bool set_mtime(int fd, const FileTime& mtime) noexcept;

}  // namespace echofold
