// The program's side: requests a process and reads its answer, or reports how the process ended without one.
#include "engine/jail/jail.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "engine/jail/answer.h"
#include "engine/jail/packet.h"
#include "engine/jail/zygote.h"
#include "index/base/error.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

[[noreturn]] void throw_gone() {
  throw Error(Fault::io, "the process that starts decoders has ended: run the command again");
}

/// Talks to the zygote, one request at a time.
class ZygoteConnection {
 public:
  explicit ZygoteConnection(ReadFunction read) {
    auto [ours, theirs] = make_packet_sockets();
    zygote_ = fork();
    if (zygote_ < 0) throw Error(Fault::io, system_error(errno, "no process can be started").what());
    if (zygote_ == 0) {
      ours.close();
      run_zygote(std::move(theirs), read);
    }
    socket_ = std::move(ours);
  }
  ~ZygoteConnection() {
    socket_.close();
    waitpid(zygote_, nullptr, 0);
  }
  ZygoteConnection(const ZygoteConnection&) = delete;
  ZygoteConnection& operator=(const ZygoteConnection&) = delete;

  pid_t start(const WorkerJob& job, int pipe, int file) {
    const ZygoteRequest request{ZygoteRequest::Kind::start, 0, job};
    const std::lock_guard lock(mutex_);
    const std::array fds{pipe, file};
    ZygoteReply reply;
    if (!send_packet(socket_.get(), bytes_of(request), fds) ||
        !receive_packet(socket_.get(), writable_bytes_of(reply), {}))
      throw_gone();
    if (reply.process < 0)
      throw Error(Fault::io, system_error(-reply.process, "no process can be started to decode it").what());
    return reply.process;
  }

  ZygoteReply state_of(pid_t process) {
    const ZygoteRequest request{ZygoteRequest::Kind::state, process, {}};
    const std::lock_guard lock(mutex_);
    ZygoteReply reply;
    if (!send_packet(socket_.get(), bytes_of(request), {}) ||
        !receive_packet(socket_.get(), writable_bytes_of(reply), {}))
      throw_gone();
    return reply;
  }

  void end(pid_t process) noexcept {
    const ZygoteRequest request{ZygoteRequest::Kind::end, process, {}};
    const std::lock_guard lock(mutex_);
    // fails if the zygote is gone, but then so is the process
    send_packet(socket_.get(), bytes_of(request), {});
  }

 private:
  std::mutex mutex_;
  Fd socket_;
  pid_t zygote_ = -1;
};

/// One process from its start to its end.
class Worker {
 public:
  Worker(ZygoteConnection& zygote, const WorkerJob& job, int pipe, int file)
      : zygote_(zygote), process_(zygote.start(job, pipe, file)) {}
  ~Worker() { zygote_.end(process_); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// How the process ended after it closed its pipe; nothing if it still runs.
  std::optional<int> wait_status() {
    for (auto pause = 1ms; pause < 2s; pause *= 2) {
      const ZygoteReply reply = zygote_.state_of(process_);
      if (reply.ended) return reply.wait_status;
      std::this_thread::sleep_for(pause);
    }
    return std::nullopt;
  }

 private:
  ZygoteConnection& zygote_;
  pid_t process_;
};

std::pair<Fd, Fd> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error(Fault::io, system_error(errno, "no pipe to a decoding process").what());
  return {Fd(ends[0]), Fd(ends[1])};
}

/// @return false at the end of the pipe
bool append_from(int pipe, std::string& bytes) {
  std::array<char, 65536> block;
  const ssize_t got = uninterrupted([&] { return ::read(pipe, block.data(), block.size()); });
  if (got <= 0) return false;
  bytes.append(block.data(), static_cast<std::size_t>(got));
  if (bytes.size() > longest_answer_bytes)
    throw Error(Fault::unsupported, "the decoder gave an answer without end");
  return true;
}

/// Reads until the pipe is closed.
/// @throws Error Fault::interrupted on a stop, Fault::io after the time limit
std::string read_answer(int pipe, std::chrono::seconds most, const std::stop_token& stop) {
  constexpr auto tick = 100ms;
  std::string bytes;
  // Only time spent in poll() counts, tick by tick: time while the program is suspended does not.
  for (Clock::duration waited{}; waited < most;) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped on request");
    pollfd wait{pipe, POLLIN, 0};
    const auto before = Clock::now();
    if (poll(&wait, 1, static_cast<int>(tick.count())) > 0 && !append_from(pipe, bytes)) return bytes;
    waited += std::min<Clock::duration>(Clock::now() - before, 2 * tick);
  }
  throw Error(Fault::io, "reading it took more than " + std::to_string(most.count()) +
                             " s and was stopped (SIGKILL): is the disk slow or away?");
}

std::string name_of_signal(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

Error error_of_end(const std::optional<int>& wait_status, std::chrono::seconds cpu) {
  if (!wait_status) return {Fault::unsupported, "the decoder fell silent and was stopped (SIGKILL)"};
  if (!WIFSIGNALED(*wait_status))
    return {Fault::unsupported, "the decoder ended without a whole answer (exit code " +
                                    std::to_string(WEXITSTATUS(*wait_status)) + ")"};
  const int signal = WTERMSIG(*wait_status);
  switch (signal) {
    case SIGXCPU:
      return {Fault::unsupported,
              "decoding it took more than " + std::to_string(cpu.count()) +
                  " s of processor time, far more than music of its size, and was stopped (SIGXCPU)"};
    case SIGSYS:
      return {Fault::unsupported, "the decoder tried what no decoder may and was stopped (SIGSYS)"};
    case SIGKILL:
    case SIGTERM:
      return {Fault::io,
              "the decoder was killed from outside (" + name_of_signal(signal) + "): out of memory?"};
    default:
      return {Fault::unsupported, "the decoder crashed on it (" + name_of_signal(signal) + ")"};
  }
}

/// @throws Error with the reason if there is no valid answer
JailAnswer answer_of(const std::string& bytes, Worker& worker, std::chrono::seconds cpu) {
  try {
    return decode_answer(bytes);
  } catch (const Error&) {
    throw error_of_end(worker.wait_status(), cpu);
  }
}

}  // namespace

struct Jail::Impl {
  explicit Impl(Settings with) : settings(std::move(with)), zygote(settings.read) {}

  void report_once(const Confinement& confinement) {
    if (confinement.complete() || !settings.on_missing_protection) return;
    std::call_once(reported, [&] { settings.on_missing_protection(confinement.missing()); });
  }

  Settings settings;
  ZygoteConnection zygote;
  std::once_flag reported;
};

Jail::Jail(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Jail::~Jail() = default;

AudioTrack Jail::read(int fd, std::string_view extension, const ReadSettings& settings,
                      const std::stop_token& stop) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw Error(Fault::io, system_error(errno, "cannot read").what());
  const auto size_bytes = static_cast<std::uint64_t>(status.st_size);
  const JailLimits& limits = impl_->settings.limits;
  const std::chrono::seconds cpu = limits.cpu_of(size_bytes);
  WorkerJob job;
  std::copy_n(extension.data(), std::min(extension.size(), job.extension.size()), job.extension.data());
  job.length_s = settings.limit.count();
  job.hash_seed = settings.hash_seed;
  job.payload_only = settings.payload_only ? 1 : 0;
  job.list_contents = settings.list_contents ? 1 : 0;
  job.cpu_s = cpu.count();
  job.memory_bytes = limits.memory_bytes;

  auto [ours, theirs] = make_pipe();
  Worker worker(impl_->zygote, job, theirs.get(), fd);
  theirs.close();
  const std::string bytes = read_answer(ours.get(), limits.wall_of(size_bytes), stop);
  JailAnswer answer = answer_of(bytes, worker, cpu);
  impl_->report_once(answer.confinement);
  if (const Error* error = std::get_if<Error>(&answer.outcome)) throw *error;
  return std::get<AudioTrack>(std::move(answer.outcome));
}

}  // namespace echofold
