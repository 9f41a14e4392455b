// Sets up descriptors and confinement, reads the file, sends the answer.
#include "engine/jail/worker.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>
#include <string>

#include "engine/jail/answer.h"
#include "engine/jail/confine.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr int pipe_fd = 3, file_fd = 4;

/// Leaves only the pipe and the file open, and the null device in place of the user's terminal.
void close_all_but(const Fd& pipe, const Fd& file) {
  constexpr int above = 64;  // above all target numbers, so that nothing is overwritten
  const int high_pipe = fcntl(pipe.get(), F_DUPFD, above), high_file = fcntl(file.get(), F_DUPFD, above);
  if (high_pipe < 0 || high_file < 0 || dup2(high_pipe, pipe_fd) < 0 || dup2(high_file, file_fd) < 0)
    throw Error(Fault::io, system_error(errno, "a decoding process can't be set up").what());
  if (syscall(SYS_close_range, file_fd + 1, ~0U, 0) != 0)
    for (int fd = file_fd + 1, last = static_cast<int>(sysconf(_SC_OPEN_MAX)); fd < last; ++fd) close(fd);
}

/// If the machine runs out of memory, the kernel should kill a decoder rather than the program.
void raise_oom_score() noexcept {
  const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  static_cast<void>(!write(file, "1000", 4));
  close(file);
}

/// Removes a sanitizer's handlers, which would hide the signal.
void reset_signal_handlers() noexcept {
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU, SIGXFSZ, SIGPIPE, SIGTRAP})
    std::signal(signal, SIG_DFL);
}

std::variant<AudioTrack, Error> read_it(const WorkerJob& job, ReadFunction read) {
  const std::string_view extension(job.extension.data(), strnlen(job.extension.data(), job.extension.size()));
  try {
    return read(file_fd, extension,
                {.limit = std::chrono::seconds(job.length_s),
                 .payload_only = job.payload_only != 0,
                 .hash_seed = job.hash_seed,
                 .list_contents = job.list_contents != 0},
                {});
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error(Fault::unsupported, "reading it takes more memory than there is");
  } catch (const std::exception& error) {
    return Error(Fault::unsupported, error.what());
  }
}

void write_all(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = uninterrupted([&] { return write(pipe_fd, bytes.data(), bytes.size()); });
    if (written < 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

JailAnswer work(const WorkerJob& job, ReadFunction read, const SeccompFilter& filter) {
  JailAnswer answer{{}, AudioTrack{}};
  try {
    const std::uint64_t mapped = mapped_bytes();
    answer.confinement =
        confine({mapped > 0 ? mapped + job.memory_bytes : 0, std::chrono::seconds(job.cpu_s)}, filter);
    answer.outcome = read_it(job, read);
  } catch (const Error& error) {
    answer.outcome = error;
  }
  return answer;
}

}  // namespace

void run_worker(const WorkerJob& job, Fd pipe, Fd file, ReadFunction read,
                const SeccompFilter& filter) noexcept {
  try {
    close_all_but(pipe, file);
    raise_oom_score();
    reset_signal_handlers();
    write_all(encode(work(job, read, filter)));
  } catch (const std::exception&) {
    _exit(1);  // the missing answer reports the failure
  }
  _exit(0);
}

}  // namespace echofold
