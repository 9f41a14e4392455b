// Decoding processes from their start to their answers, as the program sees them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "engine/jail/answer.h"
#include "engine/jail/limits.h"
#include "engine/jail/zygote_connection.h"
#include "index/base/fd.h"

namespace echofold {

/// @return its end for reading, and that for writing, both closed on exec
/// @throws Error Fault::io
std::pair<Fd, Fd> make_pipe();

/// One process. Its end is that of this object: a process that still runs then is killed.
class RunningWorker {
 public:
  /// @param files   as many as the job has
  /// @param limits  are put into the job; that of wall-clock time is enforced by await_all()
  /// @throws Error  Fault::io if it can't be started
  RunningWorker(ZygoteConnection& zygote, WorkerJob job, std::span<const int> files, const JobLimits& limits);
  ~RunningWorker();
  RunningWorker(const RunningWorker&) = delete;
  RunningWorker& operator=(const RunningWorker&) = delete;

  /// Readable when there is more of the answer, or its end.
  int pipe() const noexcept { return pipe_.get(); }
  /// Reads what is there. @return false at the end of the answer
  /// @throws Error Fault::unsupported if it is too long
  bool read_on();
  /// The whole answer. @throws Error with the reason if it is not valid
  JailAnswer answer();

  /// Time passed. @throws Error Fault::io if it was more than the limit
  void add_time(std::chrono::steady_clock::duration time);

 private:
  std::optional<int> wait_status();

  ZygoteConnection& zygote_;
  WorkerJob job_;
  std::chrono::seconds most_;
  std::chrono::steady_clock::duration waited_{};
  Fd pipe_;
  pid_t process_ = -1;
  std::string bytes_;
};

using AnswerOrError = std::variant<JailAnswer, Error>;

/// Waits until all have answered, or can't answer any more. A worker is destroyed when it has: its pointer is null then.
/// @param ended   called on this thread with the number of a worker and its answer, or why it has none
/// @throws Error  Fault::interrupted on a stop, and what `ended` throws
void await_all(std::span<std::unique_ptr<RunningWorker>> workers, const std::stop_token& stop,
               const std::function<void(std::size_t, AnswerOrError)>& ended);

}  // namespace echofold
