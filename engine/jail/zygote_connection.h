// The program's connection to its zygote.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <span>

#include "engine/jail/zygote.h"
#include "index/base/fd.h"

namespace echofold {

/// Forks the zygote, and ends it. Thread-safe: one request at a time.
class ZygoteConnection {
 public:
  /// To be made before any thread starts. @throws Error Fault::io when no process can be forked
  explicit ZygoteConnection(const JobFunctions& functions);
  ~ZygoteConnection();
  ZygoteConnection(const ZygoteConnection&) = delete;
  ZygoteConnection& operator=(const ZygoteConnection&) = delete;

  /// Starts a process for a job.
  /// @param pipe    for the answer
  /// @param files   as many as the job has. The process has copies of them
  /// @return        its id; until end() it names no other process
  /// @throws Error  Fault::io
  pid_t start(const WorkerJob& job, int pipe, std::span<const int> files);
  /// @throws Error Fault::io if the zygote is gone
  ZygoteReply state_of(pid_t process);
  /// Kills the process if it still runs, and forgets it.
  void end(pid_t process) noexcept;

 private:
  std::mutex mutex_;
  Fd socket_;
  pid_t zygote_ = -1;
};

}  // namespace echofold
