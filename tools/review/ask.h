// Asks the questions of a review on a terminal.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>

#include "tools/review/questions.h"

namespace echofold {

/// Called at once for each answer and each answer taken back, so that no answer is lost.
struct ReviewEvents {
  std::function<void(const Question&, Answer)> answered;
  std::function<void(const Question&, Answer)> taken_back;
  std::function<void(const Question&)> play = {};  ///< plays both copies; empty: playing is not possible
};

/// Returns what the user typed next: a key, or a line without its newline. Nothing at the end of the input or when a
/// stop is requested.
using AnswerSource = std::function<std::optional<std::string>()>;

/// Lines of stdin. A stop request ends its wait.
AnswerSource lines_of_stdin(const std::stop_token& stop);

/// Single keys of the terminal behind stdin, echoed to `out`.
AnswerSource keys_of_terminal(const std::stop_token& stop, std::ostream& out);

/// Shows each question side by side and takes one key or line an answer: 1 keeps the left, 2 the right, S both for now,
/// B both for ever, P plays both, U takes the last answer back, Q stops, ? explains. Upper or lower case. Plain Enter
/// changes nothing; anything else gets the message that it is no answer. The end of the input stops like Q.
void ask(Review& review, const AnswerSource& next, std::ostream& out, bool color, const ReviewEvents& events);

}  // namespace echofold
