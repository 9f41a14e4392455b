// Compares stamps before and after reading.
#include "engine/library/music_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "index/base/error.h"

namespace echofold {

MusicFile::MusicFile(const std::string& path, const Stamp& found)
    : fd_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)) {
  if (fd_.get() < 0) throw system_error(errno, "can't be opened");
  stamp_ = status();
  if (stamp_.device != found.device || stamp_.inode != found.inode)
    throw Error(Fault::changed, "was replaced after it was found");
}

void MusicFile::check_unchanged() const {
  if (status() != stamp_) throw Error(Fault::changed, "changed while it was read");
}

Stamp MusicFile::status() const {
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0) throw system_error(errno, "can't be looked at");
  if (!S_ISREG(status.st_mode)) throw Error(Fault::changed, "was replaced after it was found");
  return stamp_of(status);
}

}  // namespace echofold
