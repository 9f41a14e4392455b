// Restricts a decoding process to reading, computing and answering.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "engine/jail/seccomp_filter.h"

namespace echofold {

/// What the kernel granted. Limits and the wall clock apply in any case.
struct Confinement {
  bool no_new_privileges = false;
  bool landlock = false;  ///< no file can be opened, created or removed
  bool seccomp = false;   ///< only the system calls that decoding needs

  bool complete() const noexcept { return no_new_privileges && landlock && seccomp; }
  /// What is missing, for a message: "Landlock, seccomp". Empty if nothing is.
  std::string missing() const;
  bool operator==(const Confinement&) const = default;
};

struct ProcessLimits {
  std::uint64_t memory_bytes = 0;  ///< of address space, in total
  std::chrono::seconds cpu{0};
};

/// Bytes of address space that this process has mapped; 0 if unknown.
std::uint64_t mapped_bytes() noexcept;

/// Confines the calling process, which must have one thread, permanently. Open descriptors stay usable; no new ones
/// can be opened.
/// @throws Error Fault::io when a limit can't be set
Confinement confine(const ProcessLimits& limits, const SeccompFilter& filter);

}  // namespace echofold
