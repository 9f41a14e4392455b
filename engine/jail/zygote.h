// The process that decoding processes are forked from: small, with one thread, and without an open library.
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <cstdint>

#include "engine/jail/worker.h"

namespace echofold {

/// A request of the program to the zygote. Both are the same program, so packets are plain memory.
struct ZygoteRequest {
  enum class Kind : std::uint8_t {
    /// starts a process for one job; the answer's pipe and the job's files come with it, in this order. The reply is
    /// its id or -errno
    start,
    end,   ///< kills it if it still runs, and forgets it. No reply
    state  ///< asks whether it has ended, and how. The reply is a ZygoteReply
  };
  Kind kind = Kind::start;
  pid_t process = 0;
  WorkerJob job;
};

struct ZygoteReply {
  pid_t process = 0;  ///< for start; negative: errno
  bool ended = false;
  int wait_status = 0;  ///< as waitpid returns it
};

/// Serves requests until the other end of `socket` is closed, then ends the process and all that it started.
[[noreturn]] void run_zygote(Fd socket, const JobFunctions& functions) noexcept;

}  // namespace echofold
