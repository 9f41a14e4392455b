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
#include <span>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

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
  explicit ZygoteConnection(const JobFunctions& functions) {
    auto [ours, theirs] = make_packet_sockets();
    zygote_ = fork();
    if (zygote_ < 0) throw Error(Fault::io, system_error(errno, "no process can be started").what());
    if (zygote_ == 0) {
      ours.close();
      run_zygote(std::move(theirs), functions);
    }
    socket_ = std::move(ours);
  }
  ~ZygoteConnection() {
    socket_.close();
    waitpid(zygote_, nullptr, 0);
  }
  ZygoteConnection(const ZygoteConnection&) = delete;
  ZygoteConnection& operator=(const ZygoteConnection&) = delete;

  pid_t start(const WorkerJob& job, int pipe, std::span<const int> files) {
    const ZygoteRequest request{ZygoteRequest::Kind::start, 0, job};
    std::vector<int> fds{pipe};
    fds.insert(fds.end(), files.begin(), files.end());
    const std::lock_guard lock(mutex_);
    ZygoteReply reply;
    if (!send_packet(socket_.get(), bytes_of(request), fds) ||
        !receive_packet(socket_.get(), writable_bytes_of(reply), {}))
      throw_gone();
    if (reply.process < 0)
      throw Error(Fault::io, system_error(-reply.process, "no process can be started to decode " +
                                                              std::string(words_for(job.kind).all))
                                 .what());
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
  Worker(ZygoteConnection& zygote, const WorkerJob& job, int pipe, std::span<const int> files)
      : zygote_(zygote), process_(zygote.start(job, pipe, files)) {}
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
    throw Error(Fault::unsupported, "the decoder's answer did not end");
  return true;
}

/// Reads until the pipe is closed.
/// @throws Error Fault::interrupted on a stop, Fault::io after the time limit
std::string read_answer(int pipe, std::chrono::seconds most, const FileWords& files,
                        const std::stop_token& stop) {
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
  throw Error(Fault::io, std::string("reading ") + files.all + " took more than " +
                             std::to_string(most.count()) +
                             " s and was stopped (SIGKILL): is the disk slow or away?");
}

std::string name_of_signal(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

Error error_of_end(const std::optional<int>& wait_status, const WorkerJob& job) {
  if (!wait_status) return {Fault::unsupported, "the decoder stopped responding and was ended (SIGKILL)"};
  if (!WIFSIGNALED(*wait_status))
    return {Fault::unsupported, "the decoder ended without a whole answer (exit code " +
                                    std::to_string(WEXITSTATUS(*wait_status)) + ")"};
  const int signal = WTERMSIG(*wait_status);
  const FileWords files = words_for(job.kind);
  switch (signal) {
    case SIGXCPU:
      return {Fault::unsupported, std::string("decoding ") + files.all + " took more than " +
                                      std::to_string(job.cpu_s) +
                                      " s of processor time, far more than music of " + files.of_all +
                                      " size, and was stopped (SIGXCPU)"};
    case SIGSYS:
      return {Fault::unsupported, "the decoder tried something that is not allowed and was stopped (SIGSYS)"};
    case SIGKILL:
    case SIGTERM:
      return {Fault::io,
              "the decoder was killed from outside (" + name_of_signal(signal) + "): out of memory?"};
    default:
      return {Fault::unsupported,
              std::string("the decoder crashed on ") + files.culprit + " (" + name_of_signal(signal) + ")"};
  }
}

/// @throws Error with the reason if there is no valid answer
JailAnswer answer_of(const std::string& bytes, Worker& worker, const WorkerJob& job) {
  try {
    return decode_answer(bytes);
  } catch (const Error&) {
    throw error_of_end(worker.wait_status(), job);
  }
}

/// What a job of one kind leads to.
/// @throws Error  that of the outcome; Fault::unsupported if a decoder that was taken over answers as another kind
template <class Result>
Result result_of(JailOutcome outcome) {
  if (const Error* error = std::get_if<Error>(&outcome)) throw *error;
  if (Result* result = std::get_if<Result>(&outcome)) return std::move(*result);
  throw Error(Fault::unsupported, "the decoder gave an answer of another kind");
}

std::uint64_t size_bytes_of(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0) throw Error(Fault::io, system_error(errno, "cannot read").what());
  return static_cast<std::uint64_t>(status.st_size);
}

WorkerJob::Extension shortened(std::string_view extension) noexcept {
  WorkerJob::Extension text{};
  std::copy_n(extension.data(), std::min(extension.size(), text.size()), text.data());
  return text;
}

}  // namespace

struct Jail::Impl {
  explicit Impl(Settings with)
      : settings(std::move(with)),
        zygote({.read = settings.read, .listen = settings.listen, .media = settings.media}) {}

  /// Does the job in a process of its own. Sets its limits.
  /// @param files  as many as the job has
  JailOutcome run(WorkerJob job, std::span<const int> files, const std::stop_token& stop) {
    std::vector<std::uint64_t> sizes_bytes(files.size());
    std::transform(files.begin(), files.end(), sizes_bytes.begin(), size_bytes_of);
    const JobLimits limits = settings.limits.of_files(sizes_bytes);
    job.cpu_s = limits.cpu.count();
    job.memory_bytes = limits.memory_bytes;

    auto [ours, theirs] = make_pipe();
    Worker worker(zygote, job, theirs.get(), files);
    theirs.close();
    const std::string bytes = read_answer(ours.get(), limits.wall, words_for(job.kind), stop);
    JailAnswer answer = answer_of(bytes, worker, job);
    report_once(answer.confinement);
    return std::move(answer.outcome);
  }

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
  WorkerJob job{.kind = WorkerJob::Kind::read, .extensions = {shortened(extension)}};
  job.length_s = settings.limit.count();
  job.hash_seed = settings.hash_seed;
  job.payload_only = settings.payload_only ? 1 : 0;
  job.list_contents = settings.list_contents ? 1 : 0;
  return result_of<AudioTrack>(impl_->run(job, std::array{fd}, stop));
}

Heard Jail::listen(int fd_a, std::string_view extension_a, int fd_b, std::string_view extension_b,
                   const ListenSettings& settings, const std::stop_token& stop) {
  WorkerJob job{.kind = WorkerJob::Kind::listen,
                .extensions = {shortened(extension_a), shortened(extension_b)}};
  job.offset_s = settings.offset_s;
  job.speed = settings.speed;
  return result_of<Heard>(impl_->run(job, std::array{fd_a, fd_b}, stop));
}

Media Jail::media(int fd, std::string_view extension, const MediaRequest& request,
                  const std::stop_token& stop) {
  WorkerJob job{.kind = WorkerJob::Kind::media, .extensions = {shortened(extension)}};
  job.media_kind = static_cast<std::int64_t>(request.kind);
  job.from_s = request.from_s;
  job.part_s = request.length_s;
  job.columns = request.columns;
  job.rate_hz = request.rate_hz;
  Media media = result_of<Media>(impl_->run(job, std::array{fd}, stop));
  if (!is_answer_to(media, request))
    throw Error(Fault::unsupported, "the decoder gave something else than what was asked for");
  return media;
}

}  // namespace echofold
