// Sets termios without ICANON and ECHO, and the handlers that restore it.
#include "tools/console/raw_terminal.h"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>

namespace echofold {
namespace {

constexpr std::array ending = {SIGHUP, SIGQUIT, SIGABRT};

// Signal handlers read these. They are written only while no handler is installed.
termios cooked, raw;
struct sigaction old_stop;
std::array<struct sigaction, ending.size()> old_ending;
std::atomic<bool> is_raw = false;
std::atomic<bool> has_resumed = false;
int depth = 0;

void install(int number, void (*handler)(int), int flags, struct sigaction* old) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, old);
}

void end(int number) {
  restore_terminal();
  raise(number);  // the default action (SA_RESETHAND), after this handler returns
}

void stop(int number) {
  restore_terminal();
  struct sigaction old {};
  install(number, SIG_DFL, 0, &old);
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, number);
  sigset_t before;
  raise(number);
  pthread_sigmask(SIG_UNBLOCK, &mask, &before);  // stops here until the program continues
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  sigaction(number, &old, nullptr);
  if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0) is_raw = true;
  has_resumed = true;
}

}  // namespace

RawTerminal::RawTerminal() noexcept {
  if (depth++ > 0 || tcgetattr(STDIN_FILENO, &cooked) != 0) return;
  raw = cooked;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  for (std::size_t i = 0; i < ending.size(); ++i) install(ending[i], end, SA_RESETHAND, &old_ending[i]);
  install(SIGTSTP, stop, 0, &old_stop);
  is_raw = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

RawTerminal::~RawTerminal() {
  if (--depth > 0 || !is_raw) return;
  restore_terminal();
  for (std::size_t i = 0; i < ending.size(); ++i) sigaction(ending[i], &old_ending[i], nullptr);
  sigaction(SIGTSTP, &old_stop, nullptr);
}

void restore_terminal() noexcept {
  if (is_raw.exchange(false)) tcsetattr(STDIN_FILENO, TCSANOW, &cooked);
}

bool take_resumed() noexcept { return has_resumed.exchange(false); }

}  // namespace echofold
