// Handlers that call only what a signal handler may call: open, read, write, _exit.
#include "index/store/damage_signals.h"

#include <fcntl.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace echofold {
namespace {

constexpr std::array signals = {SIGSEGV, SIGBUS, SIGABRT};
constexpr std::uintptr_t reach = std::uintptr_t{1}
                                 << 32;  // how far a read may run on: the size of the greatest value

std::array<struct sigaction, signals.size()> earlier{};
volatile sig_atomic_t exit_code = -1;
thread_local volatile sig_atomic_t writes_in_this_thread = 0;
std::array<char, 1024> library{};

void say(const char* text) noexcept { (void)!write(STDERR_FILENO, text, std::strlen(text)); }

[[noreturn]] void end(const char* why) noexcept {
  say("echofold: ");
  say(library.data());
  say(" is damaged (");
  say(why);
  say("): ");
  say(damage_advice);
  say("\n");
  _exit(exit_code);
}

std::uintptr_t hexadecimal(std::string_view text, std::size_t& at) noexcept {
  std::uintptr_t value = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) break;
    value = value << 4 | static_cast<std::uintptr_t>(digit);
  }
  return value;
}

/// Where a process was when it got a signal.
struct Crash {
  std::uintptr_t address;      ///< the one that could not be accessed
  std::uintptr_t instruction;  ///< 0 where the processor is not known
};

/// Parses one line of /proc/self/maps: "start-end rights offset device inode   path". Two crashes mean damage: a read
/// that ran past the end of a library's map, and any crash in LMDB's code, since a damaged page can lead it anywhere.
bool tells_of_damage(std::string_view line, const Crash& crash) noexcept {
  std::size_t at = 0;
  const std::uintptr_t from = hexadecimal(line, at);
  const std::uintptr_t to = hexadecimal(line, ++at);
  if (line.ends_with("/data.mdb") || line.ends_with("/data.mdb (deleted)"))
    return crash.address >= from && crash.address < to + reach;
  return line.find("/liblmdb.so") != line.npos && crash.instruction >= from && crash.instruction < to;
}

bool is_damage(const Crash& crash) noexcept {
  const int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  static std::array<char, 16384> buffer;  // not on the stack, which may have run out
  std::size_t held = 0;
  bool found = false;
  for (ssize_t n = 0; !found && (n = read(fd, buffer.data() + held, buffer.size() - held)) > 0;) {
    std::string_view text(buffer.data(), held + static_cast<std::size_t>(n));
    for (auto newline = text.find('\n'); newline != text.npos && !found; newline = text.find('\n')) {
      found = tells_of_damage(text.substr(0, newline), crash);
      text.remove_prefix(newline + 1);
    }
    held = text.size() < buffer.size() ? text.size() : 0;
    std::memmove(buffer.data(), text.data(), held);
  }
  close(fd);
  return found;
}

Crash crash_of(const siginfo_t* info, [[maybe_unused]] const void* context) noexcept {
  Crash crash{reinterpret_cast<std::uintptr_t>(info->si_addr), 0};
#ifdef __x86_64__
  crash.instruction =
      static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
#endif
  return crash;
}

void on_signal(int number, siginfo_t* info, void* context) {
  if (writes_in_this_thread > 0) end("a write to it crashed");
  if (number != SIGABRT && is_damage(crash_of(info, context))) end("it can't be read to its end");
  for (std::size_t i = 0; i < signals.size();
       ++i)  // not about a library: it is raised again for the earlier handler
    if (signals[i] == number) sigaction(number, &earlier[i], nullptr);
}

}  // namespace

void end_on_damage(int code) noexcept {
  const bool first = exit_code < 0;
  exit_code = code;
  if (!first) return;
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &earlier[i]);
}

void crash_on_damage() noexcept {
  exit_code = -1;
  for (const int number : signals) std::signal(number, SIG_DFL);
}

void end_if_told(const char* why) noexcept {
  if (exit_code >= 0) end(why);
}

void name_library(const std::string& data_file) noexcept {
  const std::size_t size = std::min(data_file.size(), library.size() - 1);
  for (std::size_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(data_file[i]);
    library[i] = c < 0x20 || c >= 0x7f ? '?' : data_file[i];  // no control characters in a terminal
  }
  library[size] = '\0';
}

InsideWrite::InsideWrite() noexcept { writes_in_this_thread = writes_in_this_thread + 1; }
InsideWrite::~InsideWrite() { writes_in_this_thread = writes_in_this_thread - 1; }

}  // namespace echofold
