// The process that decoding processes are forked from: small, with one thread, and nothing of the library open.
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <cstdint>

#include "engine/jail/packet.h"
#include "engine/jail/worker.h"

namespace echofold {

/// What the program asks of the zygote. Packets of one program to itself: plain memory.
struct ZygoteRequest {
  enum class Kind : std::uint8_t {
    start,  ///< a process for one file; with it come the answer's pipe and the file. Answered by its number or -errno
    end,   ///< kill it if it still runs, and forget it. Not answered
    state  ///< whether it has ended, and how. Answered by ZygoteReply
  };
  Kind kind = Kind::start;
  pid_t process = 0;
  WorkerJob job;
};

struct ZygoteReply {
  pid_t process = 0;  ///< of start; negative: errno
  bool ended = false;
  int wait_status = 0;  ///< as waitpid gives it
};

/// Serves requests until the other end of `socket` is gone, then ends the process with all that it started.
[[noreturn]] void run_zygote(Fd socket, ReadFunction read) noexcept;

}  // namespace echofold
