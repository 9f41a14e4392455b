// Calls futimens(2) and looks whether the time was set.
#include "engine/act/files/set_mtime.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace echofold {

bool set_mtime(int fd, const FileTime& mtime) noexcept {
  timespec times[2] = {{0, UTIME_OMIT}, timespec_of(mtime)};
  if (futimens(fd, times) != 0) return false;
  struct stat now {};
  if (fstat(fd, &now) != 0 || now.st_mtim.tv_sec == times[1].tv_sec) return true;  // set, maybe rounded
  times[0] = now.st_atim;
  return futimens(fd, times) == 0;
}

}  // namespace echofold
