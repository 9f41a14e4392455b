// Sets the time of an open file or folder.
#pragma once

#include "engine/disk/file_time.h"

namespace echofold {

/// Sets the mtime. The atime stays, but for file systems that take both times or none (FUSE with libfuse 2, which then say that
/// all went well): there it is set to what it was.
/// @return false, with errno, when the system refuses
bool set_mtime(int fd, const FileTime& mtime) noexcept;

}  // namespace echofold
