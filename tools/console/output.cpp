// See output.h.
#include "tools/console/output.h"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iostream>
#include <memory>
#include <streambuf>
#include <vector>

#include "engine/report/layout.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/text/printable.h"
#include "tools/console/terminal.h"

namespace echofold {
namespace {

/// Standard output that stores why a write failed; a stream stores only that it failed. On a terminal each line appears
/// when it is complete.
class StandardOutput : public std::streambuf {
 public:
  StandardOutput() { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

  int failure() const noexcept { return failure_; }  ///< errno; 0: none

 protected:
  int_type overflow(int_type c) override {
    if (!write_out()) return traits_type::eof();
    return traits_type::eq_int_type(c, traits_type::eof()) ? traits_type::not_eof(c)
                                                           : sputc(traits_type::to_char_type(c));
  }

  std::streamsize xsputn(const char* text, std::streamsize size) override {
    const std::streamsize taken = std::streambuf::xsputn(text, size);
    const bool ends_line = is_terminal_ && std::find(text, text + size, '\n') != text + size;
    return ends_line && !write_out() ? 0 : taken;
  }

  int sync() override { return write_out() ? 0 : -1; }

 private:
  bool write_out() {
    for (const char* from = pbase(); from < pptr();) {
      const ssize_t n = ::write(STDOUT_FILENO, from, static_cast<std::size_t>(pptr() - from));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        failure_ = n == 0 ? ENOSPC : errno;
        setp(buffer_.data(), buffer_.data() + buffer_.size());
        return false;
      }
      from += n;
    }
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return true;
  }

  std::array<char, 1 << 14> buffer_{};
  bool is_terminal_ = stdout_is_terminal();
  int failure_ = 0;
};

/// Never destroyed: std::cout writes to it at exit.
StandardOutput& standard_output() {
  static StandardOutput* const output = new StandardOutput;
  return *output;
}

/// A pipe whose reader ended early (`| head`) is no failure.
bool reader_is_gone() noexcept {
  pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

constexpr std::size_t indent = 2;  // of the further lines of a sentence or message

/// Messages on stderr.
class MessageText : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string text = message_text({message.payload.data(), message.payload.size()}) + '\n';
    out.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<MessageText>(); }
};

constexpr const char* file_pattern = "%Y-%m-%dT%H:%M:%S%z [%l] %v";

spdlog::level::level_enum level_of(Verbosity verbosity) noexcept {
  switch (verbosity) {
    case Verbosity::quiet:
      return spdlog::level::warn;
    case Verbosity::normal:
      return spdlog::level::info;
    case Verbosity::verbose:
      break;
  }
  return spdlog::level::debug;
}

/// The log names the user's music: a new file is readable only by the user, like the library.
/// @throws Error Fault::usage when it can't be written
spdlog::sink_ptr log_file(const std::string& path) {
  // O_NONBLOCK: a pipe without a reader is an error instead of a wait.
  const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC, 0600));
  if (!file.valid()) throw Error(Fault::usage, "--log: " + std::string(system_error(errno, path).what()));
  auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
  sink->set_pattern(file_pattern);
  return sink;
}

}  // namespace

void set_up_output() { std::cout.rdbuf(&standard_output()); }

std::ostream& data_out() { return std::cout; }

void flush_output() {
  std::cout.flush();
  if (std::cout || reader_is_gone()) return;
  const int failure = standard_output().failure();
  throw system_error(failure != 0 ? failure : EIO, "can't write to standard output");
}

TableStyle table_style(const GlobalOptions& options) {
  return {.colour = color_on_stdout(options),
          .columns = terminal_columns(),
          .whole_lines = !stdout_is_terminal()};
}

void print_next_step(const GlobalOptions& options, std::string_view step) {
  if (step.empty() || options.verbosity < Verbosity::normal ||
      options.format.value_or(Format::table) != Format::table)
    return;
  print_sentence(options, step);
}

void print_sentence(const GlobalOptions& options, std::string_view sentence) {
  const TableStyle style = table_style(options);
  data_out() << (style.whole_lines ? std::string(sentence) : wrapped(sentence, 0, indent, style.columns))
             << '\n';
}

std::string message_text(std::string_view message) {
  constexpr std::string_view name = "echofold: ";
  const bool wraps = stderr_is_terminal();
  return std::string(name) +
         (wraps ? wrapped(message, name.size(), indent, terminal_columns()) : std::string(message));
}

void set_up_log(const GlobalOptions& options, bool with_time) {
  auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  if (with_time)
    console->set_pattern("%Y-%m-%d %H:%M:%S echofold: %v");
  else
    console->set_formatter(std::make_unique<MessageText>());
  console->set_level(level_of(options.verbosity));
  std::vector<spdlog::sink_ptr> sinks{console};
  if (!options.log.empty()) {
    sinks.push_back(log_file(options.log));
    // -q does not make the file quieter; -v makes it more verbose.
    sinks.back()->set_level(level_of(std::max(Verbosity::normal, options.verbosity)));
  }
  auto logger = std::make_shared<spdlog::logger>("echofold", sinks.begin(), sinks.end());
  const auto level =
      level_of(options.log.empty() ? options.verbosity : std::max(Verbosity::normal, options.verbosity));
  logger->set_level(level);
  logger->flush_on(level);  // a forked process must not inherit a half-written buffer
  spdlog::set_default_logger(std::move(logger));
}

void note_in_log(const std::string& message, bool is_error) {
  const auto& sinks = spdlog::default_logger()->sinks();
  if (sinks.size() < 2) return;
  const std::string text = printable(message);
  const auto level = is_error ? spdlog::level::err : spdlog::level::info;
  sinks.back()->log(spdlog::details::log_msg("echofold", level, text));
  sinks.back()->flush();
}

}  // namespace echofold
