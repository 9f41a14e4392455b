// Collects the answers, or finds out how a process ended without one.
#include "engine/jail/running_worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

#include "index/base/error.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

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

/// @return the answer if the process has ended
std::optional<AnswerOrError> read_on(RunningWorker& worker, bool readable, Clock::duration time) {
  try {
    if (readable && !worker.read_on()) return worker.answer();
    worker.add_time(time);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

}  // namespace

std::pair<Fd, Fd> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error(Fault::io, system_error(errno, "no pipe to a decoding process").what());
  return {Fd(ends[0]), Fd(ends[1])};
}

RunningWorker::RunningWorker(ZygoteConnection& zygote, WorkerJob job, std::span<const int> files,
                             const JobLimits& limits)
    : zygote_(zygote), job_(job), most_(limits.wall) {
  job_.cpu_s = limits.cpu.count();
  job_.memory_bytes = limits.memory_bytes;
  auto [ours, theirs] = make_pipe();
  process_ = zygote_.start(job_, theirs.get(), files);
  pipe_ = std::move(ours);
}

RunningWorker::~RunningWorker() { zygote_.end(process_); }

bool RunningWorker::read_on() {
  std::array<char, 65536> block;
  const ssize_t got = uninterrupted([&] { return ::read(pipe_.get(), block.data(), block.size()); });
  if (got <= 0) return false;
  bytes_.append(block.data(), static_cast<std::size_t>(got));
  if (bytes_.size() > longest_answer_bytes)
    throw Error(Fault::unsupported, "the decoder's answer did not end");
  return true;
}

/// How the process ended after it closed its pipe; nothing if it still runs.
std::optional<int> RunningWorker::wait_status() {
  for (auto pause = 1ms; pause < 2s; pause *= 2) {
    const ZygoteReply reply = zygote_.state_of(process_);
    if (reply.ended) return reply.wait_status;
    std::this_thread::sleep_for(pause);
  }
  return std::nullopt;
}

JailAnswer RunningWorker::answer() {
  try {
    return decode_answer(bytes_);
  } catch (const Error&) {
    throw error_of_end(wait_status(), job_);
  }
}

void RunningWorker::add_time(Clock::duration time) {
  waited_ += time;
  if (waited_ >= most_)
    throw Error(Fault::io, std::string("reading ") + words_for(job_.kind).all + " took more than " +
                               std::to_string(most_.count()) +
                               " s and was stopped (SIGKILL): is the disk slow or away?");
}

void await_all(std::span<std::unique_ptr<RunningWorker>> workers, const std::stop_token& stop,
               const std::function<void(std::size_t, AnswerOrError)>& ended) {
  constexpr auto tick = 100ms;
  std::vector<pollfd> polled(workers.size());
  for (;;) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped on request");
    for (std::size_t i = 0; i < workers.size(); ++i)
      polled[i] = {workers[i] ? workers[i]->pipe() : -1, POLLIN, 0};  // -1 is left out
    const auto is_running = [](const auto& worker) { return worker != nullptr; };
    if (std::none_of(workers.begin(), workers.end(), is_running)) return;
    const auto before = Clock::now();
    const int ready = poll(polled.data(), polled.size(), static_cast<int>(tick.count()));
    // Only time spent in poll() counts, tick by tick: time while the program is suspended does not.
    const auto time = std::min<Clock::duration>(Clock::now() - before, 2 * tick);
    for (std::size_t i = 0; i < workers.size(); ++i) {
      if (!workers[i]) continue;
      auto answer = read_on(*workers[i], ready > 0 && polled[i].revents != 0, time);
      if (!answer) continue;
      workers[i].reset();
      ended(i, *std::move(answer));
    }
  }
}

}  // namespace echofold
