// flock, and the process-wide table of open libraries.
#include "index/store/library_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <map>
#include <mutex>
#include <string>
#include <system_error>

#include "index/base/error.h"

namespace echofold {
namespace {

struct OpenLibraries {
  std::mutex mutex;
  std::map<std::pair<dev_t, ino_t>, pid_t> owner;
};

OpenLibraries& open_libraries() {
  static OpenLibraries libraries;
  return libraries;
}

std::string owner_of(int fd) {
  std::array<char, 16> text{};
  const ssize_t size = pread(fd, text.data(), text.size(), 0);
  std::string number;
  for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; ++i) number += text[i];
  return number.empty() ? "another run" : "another run (process " + number + ")";
}

// Only for the message of the next run: a full disk is no reason to fail.
void write_owner(int fd) {
  const std::string text = std::to_string(getpid()) + "\n";
  if (ftruncate(fd, 0) == 0) (void)!pwrite(fd, text.data(), text.size(), 0);
}

}  // namespace

LibraryLock::LibraryLock(const std::filesystem::path& dir) {
  const std::string file = (dir / "lock").string();
  fd_ = Fd(open(file.c_str(), O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd_.valid() && (errno == EROFS || errno == EACCES || errno == EPERM))
    throw Error(Fault::permission, "the library " + dir.string() + " can't be written to (" +
                                       std::generic_category().message(errno) +
                                       "): verbs that only read it work; to change it, copy it or get "
                                       "permission to write");
  if (!fd_.valid()) throw system_error(errno, "can't open the library's lock " + file);
  if (flock(fd_.get(), LOCK_EX | LOCK_NB) == 0) {
    write_owner(fd_.get());
    return;
  }
  if (errno != EWOULDBLOCK) throw system_error(errno, "can't lock " + file);
  throw Error(Fault::locked, "the library " + dir.string() + " is locked by " + owner_of(fd_.get()) +
                                 ": wait until it ends");
}

LibraryLock LibraryLock::shared(const std::filesystem::path& dir) {
  LibraryLock lock;
  lock.fd_ = Fd(open((dir / "lock").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
  if (lock.fd_.valid() && flock(lock.fd_.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw Error(Fault::locked,
                "the library " + dir.string() + " is being written to by " + owner_of(lock.fd_.get()) +
                    ", and can't be read beside it without permission to write: wait until it ends");
  return lock;
}

OpenMark::OpenMark(const std::filesystem::path& dir) {
  struct stat status {};
  if (stat(dir.c_str(), &status) != 0) throw system_error(errno, "can't open the library " + dir.string());
  const std::pair library{status.st_dev, status.st_ino};
  auto& libraries = open_libraries();
  const std::lock_guard guard(libraries.mutex);
  const auto known = libraries.owner.find(library);
  if (known != libraries.owner.end() && known->second == getpid())
    throw Error(Fault::locked, "the library " + dir.string() + " is already open in this process");
  libraries.owner[library] = getpid();
  library_ = library;
}

OpenMark::~OpenMark() {
  if (library_ == std::pair<dev_t, ino_t>{}) return;
  auto& libraries = open_libraries();
  const std::lock_guard guard(libraries.mutex);
  libraries.owner.erase(library_);
}

}  // namespace echofold
