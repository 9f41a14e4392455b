// Reads with poll() and read(), and checks the token ten times a second.
#include "index/base/fs/input_stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cerrno>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/input_file.h"

namespace echofold {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds tick{100};

/// Recognises a terminal by its device number, without opening it.
bool is_terminal(const struct stat& status) noexcept {
  const auto number = major(status.st_rdev);
  return S_ISCHR(status.st_mode) && (number == 4 || number == 5 || (number >= 136 && number <= 143));
}

Error usage_error(int errno_value, const std::string& path) {
  return {Fault::usage, system_error(errno_value, path).what()};
}

void require_readable(const struct stat& status, const std::string& path) {
  const std::string kind = odd_kind_of(status);
  if (kind.empty() || S_ISFIFO(status.st_mode) || is_terminal(status)) return;
  throw Error(Fault::usage, path + ": is " + kind + ", and a file is needed there");
}

}  // namespace

InputStream::InputStream(const std::string& path, std::stop_token stop)
    : std::istream(nullptr), buffer_(path, std::move(stop)) {
  rdbuf(&buffer_);
  exceptions(std::ios::badbit);  // exceptions of the buffer are passed on
}

InputStream::Buffer::Buffer(const std::string& path, std::stop_token stop)
    : name_(path == "-" ? "stdin" : path), stop_(std::move(stop)) {
  if (path == "-") {
    fd_ = STDIN_FILENO;
    return;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw usage_error(errno, path);
  require_readable(status, path);
  opened_ =
      Fd(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
  if (!opened_.valid() || fstat(opened_.get(), &status) != 0) throw usage_error(errno, path);
  require_readable(status, path);
  fd_ = opened_.get();
  waits_for_writer_ = S_ISFIFO(status.st_mode);
}

InputStream::int_type InputStream::Buffer::underflow() {
  for (milliseconds waited{0}; !stop_.stop_requested(); waited += tick) {
    pollfd input{.fd = fd_, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&input, 1, static_cast<int>(tick.count()));
    if (ready < 0 && errno != EINTR) throw system_error(errno, name_);
    if (ready <= 0 && !waits_for_writer_) continue;
    const ssize_t n = uninterrupted([&] { return ::read(fd_, bytes_.data(), bytes_.size()); });
    if (n < 0 && errno != EAGAIN) throw system_error(errno, name_);
    // EAGAIN means that an empty pipe has a writer. Without a writer it is at its end, if it ever had one.
    if (n < 0) waits_for_writer_ = false;
    if (n == 0 && ready > 0) break;
    if (n == 0 && waited >= longest_wait_for_a_writer)
      throw Error(Fault::usage, name_ + ": is a pipe that nobody writes to");
    if (n <= 0) continue;
    waits_for_writer_ = false;
    setg(bytes_.data(), bytes_.data(), bytes_.data() + n);
    return traits_type::to_int_type(bytes_[0]);
  }
  return traits_type::eof();
}

}  // namespace echofold
