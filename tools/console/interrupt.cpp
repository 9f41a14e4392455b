// Signals arrive in a thread of their own: a handler could do next to nothing safely.
#include "tools/console/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <thread>

#include "tools/console/raw_terminal.h"

namespace echofold {
namespace {

std::stop_source& source() {
  static std::stop_source source;
  return source;
}

std::atomic<int> first_signal = 0;
std::latch has_started(1);

void wait_for_signals(const sigset_t signals) {
  has_started.count_down();
  int number = 0;
  sigwait(&signals, &number);
  first_signal = number;
  source().request_stop();
  sigwait(&signals, &number);
  restore_terminal();
  _exit(128 + number);  // everything acknowledged is on disk already
}

}  // namespace

std::stop_token stop_on_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of the write, with a message
  signal(SIGXFSZ, SIG_IGN);  // so is a file that may not grow
  // The new thread blocks all other signals, too: their handlers run in a thread that does something.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread(wait_for_signals, signals).detach();
  // While a thread starts it may hold locks (of a sanitizer's allocator), and a child that is born just then would have
  // them held for ever.
  has_started.wait();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return source().get_token();
}

int stop_signal() noexcept { return first_signal; }

}  // namespace echofold
