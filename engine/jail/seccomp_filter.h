// The system calls that decoding needs, as a kernel filter. Only this file uses libseccomp.
#pragma once

#include <linux/filter.h>

#include <vector>

namespace echofold {

/// Built once, installed in each decoding process.
class SeccompFilter {
 public:
  /// Makes an empty filter, which installs nothing, if libseccomp does not know this processor.
  SeccompFilter();

  /// Applies to the calling thread, permanently; requires no_new_privileges. Unlisted calls fail with EPERM. Calls
  /// that no decoder could need (exec, ptrace, sockets, ...) end the process with SIGSYS.
  /// @return false if the kernel has no such filters
  bool install() const noexcept;

 private:
  std::vector<sock_filter> program_;
};

}  // namespace echofold
