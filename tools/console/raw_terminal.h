// The terminal behind stdin gives single keys, unseen, for a while; it is as before afterwards, however the program ends.
#pragma once

namespace echofold {

/// From construction to destruction keys come one by one, without Enter and without echo. Ctrl-C and Ctrl-Z still do
/// what they do. Does nothing where stdin is no terminal, and inside another one of its kind. One thread at a time.
///
/// SIGHUP, SIGQUIT, SIGABRT and SIGTSTP give the terminal back before they end or stop the program; when it goes on, keys come
/// one by one again. SIGINT and SIGTERM are left to interrupt.h.
class RawTerminal {
 public:
  RawTerminal() noexcept;
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
};

/// Gives the terminal back at once, for who ends the program without unwinding. Safe in a signal handler.
void restore_terminal() noexcept;

/// True once after the program was stopped and goes on: the screen may have to be drawn again.
bool take_resumed() noexcept;

}  // namespace echofold
