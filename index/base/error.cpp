// Maps errno values to faults.
#include "index/base/error.h"

#include <cerrno>
#include <system_error>

namespace echofold {
namespace {

Fault fault_of(int errno_value) {
  switch (errno_value) {
    case ENOENT:
    case ENOTDIR:
      return Fault::missing;
    case EACCES:
    case EPERM:
    case EROFS:
      return Fault::permission;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Fault::full;
    default:
      return Fault::io;
  }
}

}  // namespace

Error system_error(int errno_value, const std::string& what) {
  return {fault_of(errno_value), what + ": " + std::generic_category().message(errno_value)};
}

}  // namespace echofold
