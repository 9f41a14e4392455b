// See terminal.h.
#include "tools/console/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace echofold {

bool stdin_is_terminal() noexcept { return isatty(STDIN_FILENO) == 1; }
bool stdout_is_terminal() noexcept { return isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() noexcept { return isatty(STDERR_FILENO) == 1; }

std::size_t terminal_columns() noexcept {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

bool color_on_stdout(const GlobalOptions& options) noexcept {
  if (options.color != When::automatic) return options.color == When::always;
  if (const char* no_color = std::getenv("NO_COLOR"); no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  return stdout_is_terminal() && term != nullptr && std::string_view(term) != "dumb";
}

bool progress_on_stderr(const GlobalOptions& options) noexcept {
  if (options.progress != When::automatic) return options.progress == When::always;
  return options.verbosity >= Verbosity::normal && stderr_is_terminal();
}

}  // namespace echofold
