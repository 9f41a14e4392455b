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

/// False where there is no strace or tracing is not allowed.
bool can_trace();

/// Runs `command` and lists those calls of its first thread that are in `names`, from the first on that mentions
/// `from`: before that a program only loads libraries.
/// @param log  a file that may be overwritten
std::vector<Call> calls_of(const std::vector<std::string>& command, const std::vector<std::string>& names,
                           const std::string& from, const std::string& log);

/// Runs `command` while one call fails with "EIO" or the like.
Ended run_with_error(const std::vector<std::string>& command, const Call& call, const std::string& error,
                     const std::string& log);

/// Runs `command` and kills it as its first thread enters a call, which is not made.
/// @return  its own end where it never comes to that call
Ended run_killed(const std::vector<std::string>& command, const Call& call, const std::string& log);

/// Runs `command` as it is.
Ended run_plain(const std::vector<std::string>& command, const std::string& log);

}  // namespace echofold::test
