// Receives requests and forks processes.
#include "engine/jail/zygote.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "engine/audio/prepare.h"
#include "engine/jail/packet.h"
#include "index/base/sanitizer.h"

namespace echofold {
namespace {

/// Detaches from the user's terminal, folder and signals, which the program handles. When the program ends, the other
/// end of the socket closes, and the zygote ends too.
int detach_from_user(const Fd& socket) noexcept {
  constexpr int socket_fd = 3;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE}) std::signal(signal, SIG_IGN);
  // Resets what the program may have inherited: ended workers must wait to be reaped, and the signals of limits must
  // reach them.
  std::signal(SIGCHLD, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  static_cast<void>(!chdir("/"));  // so that no file system stays busy
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  // for the sanitizers' reports
  constexpr bool needs_stderr = ECHOFOLD_ADDRESS_SANITIZER || ECHOFOLD_THREAD_SANITIZER;
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (null >= 0 && !(needs_stderr && fd == STDERR_FILENO)) dup2(null, fd);
  if (socket.get() != socket_fd && dup2(socket.get(), socket_fd) < 0) _exit(1);
  syscall(SYS_close_range, socket_fd + 1, ~0U, 0);
  return socket_fd;
}

class Zygote {
  /// Preparation costs as much as decoding two minutes. It is not worth it for a query, nor for most scans, which
  /// find nothing new.
  static constexpr std::uint64_t prepare_after = 2;
  static_assert(most_packet_fds == 1 + WorkerJob::most_files);

 public:
  Zygote(int socket, const JobFunctions& functions)
      : socket_(socket), functions_(functions), pid_(getpid()) {}

  /// Returns false when the program is gone.
  bool serve() {
    ZygoteRequest request;
    std::array<Fd, most_packet_fds> fds;
    if (!receive_packet(socket_, writable_bytes_of(request), fds)) return false;
    reap_ended();
    if (request.kind == ZygoteRequest::Kind::start && started_++ == prepare_after) prepare_to_read();
    switch (request.kind) {
      case ZygoteRequest::Kind::start:
        return start(request.job, fds);
      case ZygoteRequest::Kind::end:
        end(request.process);
        return true;
      case ZygoteRequest::Kind::state:
        return send_state(request.process);
    }
    return false;
  }

  /// Waits for the killed processes, unless they hang in the kernel.
  void finish() {
    for (auto pause = std::chrono::milliseconds(1); !ended_.empty() && pause.count() < 100; pause *= 2) {
      reap_ended();
      if (!ended_.empty()) std::this_thread::sleep_for(pause);
    }
  }

 private:
  bool start(const WorkerJob& job, std::span<const Fd> fds) {
    ZygoteReply reply;
    reply.process = fork();
    if (reply.process == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != pid_) _exit(1);
      close(socket_);
      run_worker(job, fds[0], fds.subspan(1, job.files()), functions_, filter_);
    }
    if (reply.process < 0) reply.process = -errno;
    return send_packet(socket_, bytes_of(reply), {});
  }

  void end(pid_t process) {
    kill(process, SIGKILL);  // not reaped yet, so the id is still its own
    ended_.push_back(process);
    reap_ended();
  }

  bool send_state(pid_t process) const {
    ZygoteReply reply;
    siginfo_t info{};
    // WNOWAIT leaves it unreaped: the id stays its own until the program sends `end`.
    if (waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0)
      reply.ended = info.si_pid == process;
    else
      reply.ended = true;
    if (reply.ended)
      reply.wait_status = info.si_code == CLD_EXITED ? W_EXITCODE(info.si_status, 0) : info.si_status;
    return send_packet(socket_, bytes_of(reply), {});
  }

  /// Does not wait for a process that hangs in the kernel, for example on an unreachable share.
  void reap_ended() {
    std::erase_if(ended_, [](pid_t process) { return waitpid(process, nullptr, WNOHANG) != 0; });
  }

  int socket_;
  JobFunctions functions_;
  pid_t pid_;
  SeccompFilter filter_;
  std::vector<pid_t> ended_;
  std::uint64_t started_ = 0;
};

}  // namespace

void run_zygote(Fd socket, const JobFunctions& functions) noexcept {
  Zygote zygote(detach_from_user(socket), functions);
  while (zygote.serve()) {
  }
  zygote.finish();
  _exit(0);  // kills workers that the program has not ended
}

}  // namespace echofold
