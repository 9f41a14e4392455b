// Stops a child process at one of its system calls while something else happens: a race with the same outcome every
// time.
#pragma once

#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace echofold::test {

namespace at_call_detail {

/// The number of the call that the stopped child is about to make; -1 if it has just returned from one.
inline long entered_call(pid_t child) {
  __ptrace_syscall_info info{};
  if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0) return -1;
  return info.op == PTRACE_SYSCALL_INFO_ENTRY ? static_cast<long>(info.entry.nr) : -1;
}

}  // namespace at_call_detail

/// Runs `job` in a child. When the child is about to make its `nth` system call of this number (such as
/// SYS_renameat2), `meanwhile` runs in the caller; then the child continues.
/// @return false if tracing is not allowed; the test fails if the call is not reached or the job fails
template <class Job, class Meanwhile>
bool at_call(long number, int nth, Job job, Meanwhile meanwhile) {
  const pid_t child = fork();
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(7);
    raise(SIGSTOP);
    job();
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFSTOPPED(status)) return false;
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  bool reached = false;
  for (int seen = 0; WIFSTOPPED(status);) {
    if (at_call_detail::entered_call(child) == number && ++seen == nth) {
      meanwhile();
      reached = true;
      ptrace(PTRACE_DETACH, child, nullptr, nullptr);
    } else {
      ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    }
    waitpid(child, &status, 0);
  }
  EXPECT_TRUE(reached) << "the call was not made";
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "ended with " << status;
  return true;
}

}  // namespace echofold::test
