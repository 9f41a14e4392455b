// Kills a child process at one of its system calls, which leaves what a crash at that point would leave.
#pragma once

#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace echofold::test {

/// Runs `prepare`, then `job` in a child, and kills the child when it enters its `at`-th system call within `job`,
/// counted in the calling thread.
/// @return the number of calls seen; less than `at` if the job finished; 0 if tracing is not allowed
template <class Prepare, class Job>
long killed_at(long at, Prepare prepare, Job job) {
  const pid_t child = fork();
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(7);
    prepare();
    raise(SIGSTOP);
    job();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFSTOPPED(status)) return 0;
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  long calls = 0;
  for (bool entry = true;; entry = !entry) {
    ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) {
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "ended on its own: " << status;
      return calls;
    }
    if (!entry || ++calls < at) continue;
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return calls;
  }
}

}  // namespace echofold::test
