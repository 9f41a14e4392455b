// What a decoding process may still do: read, reckon, answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "engine/jail/seccomp_filter.h"

namespace echofold {

/// What the kernel granted. Limits and the wall clock hold in any case.
struct Confinement {
  bool no_new_privileges = false;
  bool landlock = false;  ///< no file can be opened, made or removed
  bool seccomp = false;   ///< only the system calls that decoding needs

  bool complete() const noexcept { return no_new_privileges && landlock && seccomp; }
  /// "Landlock and seccomp": what is not there, for a message; empty when complete.
  std::string missing() const;
  bool operator==(const Confinement&) const = default;
};

struct ProcessLimits {
  std::uint64_t memory_bytes = 0;  ///< of address space, all in all
  std::chrono::seconds cpu{0};
};

/// Bytes of address space that this process has mapped; 0 when it can't be told.
std::uint64_t mapped_bytes() noexcept;

/// Confines the calling process, which has one thread, for good. Descriptors that are open stay usable; none
/// can be opened.
/// @throws Error Fault::io when a limit can't be set
Confinement confine(const ProcessLimits& limits, const SeccompFilter& filter);

}  // namespace echofold
