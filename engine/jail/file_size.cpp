// See file_size.h.
#include "engine/jail/file_size.h"

#include <sys/stat.h>

#include <cerrno>

#include "index/base/error.h"

namespace echofold {

std::uint64_t file_size_bytes(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0) throw Error(Fault::io, system_error(errno, "cannot read").what());
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace echofold
