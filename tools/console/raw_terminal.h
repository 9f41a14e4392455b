// Switches the terminal behind stdin to single keys without echo, and restores it however the program ends.
#pragma once

namespace echofold {

/// From construction to destruction keys arrive one by one, without Enter and without echo. Ctrl-C and Ctrl-Z work as
/// usual. Does nothing where stdin is no terminal, and inside the lifetime of another one. One thread at a time.
///
/// SIGHUP, SIGQUIT, SIGABRT and SIGTSTP restore the terminal before they end or stop the program; when it continues,
/// keys arrive one by one again. interrupt.h handles SIGINT and SIGTERM.
class RawTerminal {
 public:
  RawTerminal() noexcept;
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
};

/// Restores the terminal at once, for code that ends the program without unwinding. Safe in a signal handler.
void restore_terminal() noexcept;

/// True once after the program was stopped and continued: the screen may have to be drawn again.
bool take_resumed() noexcept;

}  // namespace echofold
