// See output.h.
#include "tools/console/output.h"

#include <poll.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "index/error.h"
#include "tools/console/terminal.h"

namespace echofold {
namespace {

/// A pipe whose reader has seen enough (`| head`) is no failure.
bool reader_is_gone() noexcept {
  pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

}  // namespace

std::ostream& data_out() { return std::cout; }

void flush_output() {
  errno = 0;
  std::cout.flush();
  if (!std::cout && !reader_is_gone())
    throw system_error(errno != 0 ? errno : EIO, "can't write to standard output");
}

TableStyle table_style(const Options& options) {
  return {.colour = color_on_stdout(options),
          .columns = terminal_columns(),
          .whole_lines = !stdout_is_terminal()};
}

void say_next(const Options& options, std::string_view step) {
  if (options.verbosity < 0 || options.format.value_or(Format::table) != Format::table) return;
  data_out() << step << '\n';
}

void set_up_log(const Options& options) {
  auto logger = spdlog::stderr_logger_mt("echofold");
  logger->set_pattern("echofold: %v");
  logger->set_level(options.verbosity < 0    ? spdlog::level::warn
                    : options.verbosity == 0 ? spdlog::level::info
                                             : spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace echofold
