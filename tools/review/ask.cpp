// See ask.h.
#include "tools/review/ask.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <poll.h>
#include <unistd.h>

#include "engine/report/table.h"
#include "tools/console/terminal.h"

namespace echofold {
namespace {

constexpr int poll_interval_ms = 100;

/// What one line of the user means; nothing for what means nothing.
enum class Command { keep_left, keep_right, for_now, for_ever, take_back, stop };

std::optional<Command> command_of(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos || line.find_last_not_of(" \t\r") != first) return std::nullopt;
  switch (line[first]) {
    case '1':
      return Command::keep_left;
    case '2':
      return Command::keep_right;
    case 's':
    case 'S':
      return Command::for_now;
    case 'b':
    case 'B':
      return Command::for_ever;
    case 'u':
    case 'U':
      return Command::take_back;
    case 'q':
    case 'Q':
      return Command::stop;
    default:
      return std::nullopt;
  }
}

void show(const Review& review, std::ostream& out, const TableStyle& style) {
  const Question& question = *review.current();
  fmt::print(out, "\nPair {} of {}\n", review.position() + 1, review.size());
  out << side_by_side(question.left.track, question.right.track,
                      {question.similarity, question.offset_s, question.relation, question.why}, style);
}

void take(Review& review, Answer answer, const ReviewEvents& events) {
  const Question question = *review.current();
  review.answer(answer);
  events.answered(question, answer);
}

void take_back(Review& review, std::ostream& out, const ReviewEvents& events) {
  if (const auto answer = review.take_back())
    events.taken_back(*review.current(), *answer);
  else
    out << "There is no answer to take back.\n";
}

}  // namespace

LineSource lines_of_stdin(const std::stop_token& stop) {
  return [stop = stop, buffer = std::string()]() mutable -> std::optional<std::string> {
    while (!stop.stop_requested()) {
      if (const std::size_t end = buffer.find('\n'); end != std::string::npos) {
        std::string line = buffer.substr(0, end);
        buffer.erase(0, end + 1);
        return line;
      }
      pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
      if (poll(&input, 1, poll_interval_ms) <= 0) continue;
      char bytes[512];
      const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
      if (count <= 0) break;
      buffer.append(bytes, static_cast<std::size_t>(count));
    }
    return std::nullopt;
  };
}

void ask(Review& review, const LineSource& next_line, std::ostream& out, bool color,
         const ReviewEvents& events) {
  const TableStyle style{.colour = color, .columns = terminal_columns()};
  std::size_t shown = review.size();  // position of the question on the screen
  while (review.current() != nullptr) {
    if (shown != review.position()) show(review, out, style);
    shown = review.position();
    out << "1 left stays, 2 right stays, S both for now, B both for ever, U undo answer, Q quit: "
        << std::flush;
    const auto line = next_line();
    const auto command = line ? command_of(*line) : Command::stop;
    if (!command) continue;
    switch (*command) {
      case Command::keep_left:
        take(review, Answer::keep_left, events);
        break;
      case Command::keep_right:
        take(review, Answer::keep_right, events);
        break;
      case Command::for_now:
        take(review, Answer::keep_both_for_now, events);
        break;
      case Command::for_ever:
        take(review, Answer::keep_both_for_ever, events);
        break;
      case Command::take_back:
        take_back(review, out, events);
        break;
      case Command::stop:
        out << '\n';
        return;
    }
  }
}

}  // namespace echofold
