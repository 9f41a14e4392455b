// The thread that waits for signals.
#include "tools/interrupt.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <memory>

namespace echofold {
namespace {

int exit_code_of(pid_t process) {
  int status = 0;
  if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

/// Memory of many sizes, so that every list of the allocator is asked.
void allocate() {
  for (std::size_t size = 8; size < std::size_t{1} << 16; size += size / 4)
    for (int i = 0; i < 64; ++i) {
      const std::unique_ptr<volatile char[]> block(new char[size]);
      block[0] = 1;
    }
}

// A sanitizer allocates while it starts a thread, under locks that a child born just then keeps for ever: `check` under
// AddressSanitizer hung so, once in thousands of runs.
TEST(Interrupt, AChildBornRightAfterCanAllocate) {
  for (int round = 0; round < 10; ++round) {
    std::array<pid_t, 20> programs{};  // at once: a watched one takes a second to end
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

TEST(Interrupt, TheFirstSignalAsksToStop) {
  const pid_t program = fork();
  ASSERT_GE(program, 0);
  if (program == 0) {
    const std::stop_token stop = stop_on_signals();
    kill(getpid(), SIGTERM);
    alarm(20);
    while (!stop.stop_requested()) usleep(1000);
    _exit(stop_signal() == SIGTERM ? 0 : 1);
  }
  EXPECT_EQ(exit_code_of(program), 0);
}

TEST(Interrupt, TheSecondSignalEndsTheProgramAtOnce) {
  const pid_t program = fork();
  ASSERT_GE(program, 0);
  if (program == 0) {
    const std::stop_token stop = stop_on_signals();
    kill(getpid(), SIGINT);
    alarm(20);
    while (!stop.stop_requested()) usleep(1000);
    kill(getpid(), SIGINT);
    for (;;) pause();
  }
  EXPECT_EQ(exit_code_of(program), 128 + SIGINT);
}

}  // namespace
}  // namespace echofold
