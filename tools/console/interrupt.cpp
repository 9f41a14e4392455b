// A thread of its own receives signals: a handler could do almost nothing safely.
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
  _exit(128 + number);  // everything that was reported as done is on disk
}

}  // namespace

std::stop_token stop_on_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a closed pipe becomes an error of the write, with a message
  signal(SIGXFSZ, SIG_IGN);  // so does a file that may not grow
  // The new thread also blocks all other signals, so that their handlers run in another thread.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread(wait_for_signals, signals).detach();
  // A starting thread may hold locks (of a sanitizer's allocator). In a child that is forked at that moment they would
  // stay locked for ever.
  has_started.wait();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return source().get_token();
}

int stop_signal() noexcept { return first_signal; }

}  // namespace echofold
