// See replace_file.h. Never used on music: only engine/act may move or replace that.
#include "tools/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "index/base/error.h"

namespace echofold {
namespace {

class NewFile {
 public:
  explicit NewFile(const std::string& target)
      : path_(target + ".new." + std::to_string(::getpid())),
        fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
    if (fd_ < 0) fail();
  }
  ~NewFile() {
    if (fd_ >= 0) ::close(fd_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void take_mode_of(const std::string& target) {
    struct stat status {};
    if (::stat(target.c_str(), &status) == 0 && ::fchmod(fd_, status.st_mode & 07777u) != 0) fail();
  }

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(fd_, text.data(), text.size());
      if (written < 0 && errno != EINTR) fail();
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(fd_) != 0) fail();
  }

  void replace(const std::string& target) {
    if (std::rename(path_.c_str(), target.c_str()) != 0) fail();
    path_.clear();
  }

 private:
  [[noreturn]] void fail() {
    const Error error = system_error(errno, path_);
    throw error;
  }

  std::string path_;
  int fd_;
};

}  // namespace

void replace_file(const std::string& path, std::string_view text) {
  std::error_code ignored;
  const std::filesystem::path real = std::filesystem::canonical(path, ignored);
  const std::string target = real.empty() ? path : real.string();
  NewFile file(target);
  file.take_mode_of(target);
  file.write(text);
  file.replace(target);
}

}  // namespace echofold
