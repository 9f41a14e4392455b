// Reads whole files. Never blocks, whatever is at their path.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <string>

#include "index/base/fd.h"

namespace echofold {

/// "a folder", "a pipe", "a socket", "a device"; empty for a regular file, and for /dev/null, which is read as an empty
/// file.
std::string odd_kind_of(const struct stat& status);

/// Opens a regular file (or /dev/null) for reading. Opens nothing else: opening alone could block, or have an effect.
/// @param more_flags  such as O_NOFOLLOW
/// @throws Error as system_error(); Fault::unsupported when it is no file. The message begins with the path
Fd open_regular(const std::string& path, int more_flags = 0);

/// All bytes of such a file.
/// @throws Error as open_regular(); Fault::unsupported for more than `most_bytes`, without reading more than those
std::string read_regular(const std::string& path, std::size_t most_bytes, int more_flags = 0);

}  // namespace echofold
