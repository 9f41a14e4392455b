// The real program, traced: which system calls it makes, and what happens when one of them fails or is its last.
#pragma once

#include <string>
#include <vector>

namespace echofold::test {

struct Call {
  std::string name;  ///< "renameat2"
  long nth = 0;      ///< the how-manieth of that name in its thread, from 1
  std::string text;  ///< as strace shows it
};

struct Ended {
  int code = -1;     ///< the exit code; -1 when a signal ended it
  int signal = 0;    ///< which one
  std::string said;  ///< on stderr
};

/// Runs `command` and lists those calls of its first thread that are in `names`, from the first on that mentions
/// `from`: before that a program only loads libraries.
/// @param log  a file that may be overwritten
std::vector<Call> calls_of(const std::vector<std::string>& command, const std::vector<std::string>& names,
                           const std::string& from, const std::string& log);

/// Runs `command` while one call of its first thread is not made and fails with `error` (an errno).
Ended run_with_error(const std::vector<std::string>& command, const Call& call, int error,
                     const std::string& log);

/// "EIO at renameat2 number 3"
std::string fault_text(const Call& call, int error);

/// Runs `command` and kills it as its first thread enters a call, which is not made.
/// @return  its own end where it never comes to that call
Ended run_killed(const std::vector<std::string>& command, const Call& call, const std::string& log);

/// Runs `command` as it is.
Ended run_plain(const std::vector<std::string>& command, const std::string& log);

/// False where there is no strace, or a process may not trace another or ask for its calls.
bool can_trace();

}  // namespace echofold::test
