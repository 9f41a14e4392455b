// Traces the real program: which system calls it makes, and what happens if one fails or the program is killed there.
#pragma once

#include <string>
#include <vector>

namespace echofold::test {

struct Call {
  std::string name;  ///< "renameat2"
  long nth = 0;      ///< which call of that name in its thread, from 1
  std::string text;  ///< as strace prints it
};

struct Ended {
  int code = -1;             ///< the exit code; -1 when a signal ended it
  int signal = 0;            ///< which one
  std::string error_output;  ///< on stderr
};

/// Runs `command` and lists those calls of its first thread that are in `names`, starting with the first that
/// mentions `from`: before that a program only loads libraries.
/// @param log  a file that may be overwritten
std::vector<Call> calls_of(const std::vector<std::string>& command, const std::vector<std::string>& names,
                           const std::string& from, const std::string& log);

/// Runs `command`; one call of its first thread is not made and fails with `error` (an errno).
Ended run_with_error(const std::vector<std::string>& command, const Call& call, int error,
                     const std::string& log);

/// "EIO at renameat2 number 3"
std::string fault_text(const Call& call, int error);

/// Runs `command` and kills it when its first thread enters a call, which is not made.
/// @return how the program itself ended if it never makes that call
Ended run_killed(const std::vector<std::string>& command, const Call& call, const std::string& log);

/// Runs `command` unchanged.
Ended run_plain(const std::vector<std::string>& command, const std::string& log);

/// False if there is no strace, or if a process may not trace another or intercept its calls.
bool can_trace();

}  // namespace echofold::test
