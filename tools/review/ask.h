// Asks the questions of a review on a terminal.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>

#include "tools/review/questions.h"

namespace echofold {

/// Told at once about each answer and each answer taken back, so that nothing said is lost.
struct ReviewEvents {
  std::function<void(const Question&, Answer)> answered;
  std::function<void(const Question&, Answer)> taken_back;
};

/// Gives the next line without its newline; nothing at the end of the input or when asked to stop.
using LineSource = std::function<std::optional<std::string>()>;

/// Lines of stdin; notices a stop request while it waits.
LineSource lines_of_stdin(const std::stop_token& stop);

/// Shows each question side by side and reads one line an answer: 1 keeps the left, 2 the right, S both for
/// now, B both for ever, U takes the last answer back, Q stops. Upper or lower case; anything else, plain
/// Enter too, changes nothing and asks again. The end of the lines stops like Q.
void ask(Review& review, const LineSource& next_line, std::ostream& out, bool color,
         const ReviewEvents& events);

}  // namespace echofold
