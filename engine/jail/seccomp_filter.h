// The system calls that decoding needs, as a filter of the kernel. The door to libseccomp.
#pragma once

#include <linux/filter.h>

#include <vector>

namespace echofold {

/// Built once, installed in each decoding process.
class SeccompFilter {
 public:
  /// An empty filter, which installs nothing, where this kind of processor is not known to libseccomp.
  SeccompFilter();

  /// For the calling thread, for good; needs no_new_privileges. Calls off the list fail with EPERM, those that no
  /// decoder could want (exec, ptrace, sockets, ...) end the process with SIGSYS.
  /// @return false when the kernel has no such filters
  bool install() const noexcept;

 private:
  std::vector<sock_filter> program_;
};

}  // namespace echofold
