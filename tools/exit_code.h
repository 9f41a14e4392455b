// The exit codes of docs/CLI.md, and the exit code of each fault.
#pragma once

#include "index/base/error.h"

namespace echofold {

enum class ExitCode : int {
  done = 0,
  some_failed = 1,  ///< done, but some files failed; they are listed. Also: the disk or the system failed
  usage = 2,
  guard = 3,  ///< stopped by a guard, nothing changed
  no_database = 10,
  locked = 11,
  interrupted = 130  ///< resumable
};

ExitCode exit_code_of(Fault fault) noexcept;

}  // namespace echofold
