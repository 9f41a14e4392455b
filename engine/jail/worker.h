// A decoding process: one file in, one answer out.
#pragma once

#include <array>
#include <cstdint>

#include "engine/audio/read_track.h"
#include "engine/jail/packet.h"
#include "engine/jail/seccomp_filter.h"

namespace echofold {

/// read_track(), or its replacement in tests.
using ReadFunction = decltype(&read_track);

/// Plain memory, so that it can be sent between processes.
struct WorkerJob {
  std::array<char, 16> extension{};  ///< ends at the first NUL or at the end of the array
  std::int64_t length_s = 0;
  std::uint64_t hash_seed = 0;
  std::int64_t payload_only = 0;  ///< a number, not a bool, so that the packet has no padding
  std::int64_t list_contents = 0;
  std::int64_t cpu_s = 0;
  std::uint64_t memory_bytes = 0;  ///< in addition to what is mapped at the start
};

/// Confines this process, reads the file, writes the answer to the pipe and exits.
[[noreturn]] void run_worker(const WorkerJob& job, Fd pipe, Fd file, ReadFunction read,
                             const SeccompFilter& filter) noexcept;

}  // namespace echofold
