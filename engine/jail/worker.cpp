// Sets up descriptors and confinement, reads the files, sends the answer.
#include "engine/jail/worker.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
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

constexpr int pipe_fd = 3, first_file_fd = 4;

/// @return the result of a call on a descriptor, unless it failed
int checked(int result) {
  if (result < 0) throw Error(Fault::io, system_error(errno, "a decoding process can't be set up").what());
  return result;
}

/// Leaves only the pipe and the files open, and the null device in place of the user's terminal.
void close_all_but(const Fd& pipe, std::span<const Fd> files) {
  constexpr int above = 64;  // above all target numbers, so that nothing is overwritten
  const int high_pipe = checked(fcntl(pipe.get(), F_DUPFD, above));
  std::array<int, WorkerJob::most_files> high_files{};
  for (std::size_t i = 0; i < files.size(); ++i)
    high_files[i] = checked(fcntl(files[i].get(), F_DUPFD, above));
  checked(dup2(high_pipe, pipe_fd));
  int next = first_file_fd;
  for (std::size_t i = 0; i < files.size(); ++i) checked(dup2(high_files[i], next++));
  if (syscall(SYS_close_range, next, ~0U, 0) != 0)
    for (const int last = static_cast<int>(sysconf(_SC_OPEN_MAX)); next < last; ++next) close(next);
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

std::string_view text_of(const WorkerJob::Extension& extension) {
  return {extension.data(), strnlen(extension.data(), extension.size())};
}

AudioTrack read_file(const WorkerJob& job, ReadFunction read) {
  return read(first_file_fd, text_of(job.extensions[0]),
              {.limit = std::chrono::seconds(job.length_s),
               .payload_only = job.payload_only != 0,
               .hash_seed = job.hash_seed,
               .list_contents = job.list_contents != 0},
              {});
}

Heard listen_to_files(const WorkerJob& job, ListenFunction listen) {
  return listen({first_file_fd, text_of(job.extensions[0])}, {first_file_fd + 1, text_of(job.extensions[1])},
                {.offset_s = job.offset_s, .speed = job.speed}, {});
}

Media read_part(const WorkerJob& job, MediaFunction media) {
  return media(first_file_fd, text_of(job.extensions[0]),
               {.kind = static_cast<MediaKind>(job.media_kind),
                .from_s = job.from_s,
                .length_s = job.part_s,
                .columns = static_cast<std::uint32_t>(job.columns),
                .rate_hz = static_cast<std::uint32_t>(job.rate_hz)},
               {});
}

JailOutcome outcome_of(const WorkerJob& job, const JobFunctions& functions) {
  try {
    switch (job.kind) {
      case WorkerJob::Kind::listen:
        return listen_to_files(job, functions.listen);
      case WorkerJob::Kind::media:
        return read_part(job, functions.media);
      case WorkerJob::Kind::read:
        break;
    }
    return read_file(job, functions.read);
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error(Fault::unsupported,
                 std::string("reading ") + words_for(job.kind).all + " takes more memory than there is");
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

JailAnswer work(const WorkerJob& job, const JobFunctions& functions, const SeccompFilter& filter) {
  JailAnswer answer{{}, AudioTrack{}};
  try {
    const std::uint64_t mapped = mapped_bytes();
    answer.confinement =
        confine({mapped > 0 ? mapped + job.memory_bytes : 0, std::chrono::seconds(job.cpu_s)}, filter);
    answer.outcome = outcome_of(job, functions);
  } catch (const Error& error) {
    answer.outcome = error;
  }
  return answer;
}

}  // namespace

void run_worker(const WorkerJob& job, const Fd& pipe, std::span<const Fd> files,
                const JobFunctions& functions, const SeccompFilter& filter) noexcept {
  try {
    close_all_but(pipe, files);
    raise_oom_score();
    reset_signal_handlers();
    write_all(encode(work(job, functions, filter)));
  } catch (const std::exception&) {
    _exit(1);  // the missing answer reports the failure
  }
  _exit(0);
}

}  // namespace echofold
