// The thread that waits for signals.
#include "tools/console/interrupt.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <memory>

namespace echofold::console_interrupt_test {
namespace {

int exit_code_of(pid_t process) {
  int status = 0;
  if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

/// Allocates memory of many sizes, so that every list of the allocator is used.
void allocate() {
  for (std::size_t size = 8; size < std::size_t{1} << 16; size += size / 4)
    for (int i = 0; i < 64; ++i) {
      const std::unique_ptr<volatile char[]> block(new char[size]);
      block[0] = 1;
    }
}

// A sanitizer allocates while it starts a thread, and holds locks. A child that is forked at that moment never gets
// them: `check` under AddressSanitizer hung for that reason, once in thousands of runs.
TEST(Interrupt, AChildBornRightAfterCanAllocate) {
  for (int round = 0; round < 10; ++round) {
    std::array<pid_t, 20> programs{};  // at the same time: under a sanitizer each takes a second to end
    for (pid_t& program : programs) {
      program = fork();
      ASSERT_GE(program, 0);
      if (program > 0) continue;
      stop_on_signals();
      const pid_t child = fork();
      if (child == 0) {
        alarm(20);
        allocate();
        _exit(0);
      }
      _exit(child > 0 && exit_code_of(child) == 0 ? 0 : 1);
    }
    int hung = 0;
    for (const pid_t program : programs) hung += exit_code_of(program) != 0 ? 1 : 0;
    ASSERT_EQ(hung, 0) << "in round " << round;
  }
}

/// What a process returns from `work` after the signal has reached it and the stop was requested.
template <class Work>
int result_after(int number, Work work) {
  const pid_t program = fork();
  if (program == 0) {
    const std::stop_token stop = stop_on_signals();
    alarm(20);
    kill(getpid(), number);
    while (!stop.stop_requested()) usleep(1000);
    _exit(work());
  }
  return exit_code_of(program);
}

TEST(Interrupt, TheFirstSignalAsksToStop) {
  EXPECT_EQ(result_after(SIGTERM, stop_signal), SIGTERM);
  EXPECT_EQ(result_after(SIGINT, stop_signal), SIGINT);
}

TEST(Interrupt, TheSecondSignalEndsTheProgramAtOnce) {
  const int result = result_after(SIGINT, []() -> int {
    kill(getpid(), SIGINT);
    for (;;) pause();
  });
  EXPECT_EQ(result, 128 + SIGINT);
}

}  // namespace
}  // namespace echofold::console_interrupt_test
