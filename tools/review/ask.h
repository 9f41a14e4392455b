// Asks the questions of a review on a terminal.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/report/table.h"
#include "index/pair/error_strip.h"
#include "tools/review/questions.h"

namespace echofold {

/// What a review needs from its surroundings.
struct ReviewEvents {
  /// Called at once for the answers of each step, and for those taken back, so that none is lost. Several are one step.
  std::function<void(const std::vector<GivenNow>&)> answered;
  std::function<void(const std::vector<GivenNow>&)> taken_back;
  std::function<void(const Question&)> play = {};  ///< plays both copies; empty: playing is not possible
  /// The bit errors of (left, right) over time, in so many columns at most; empty: none can be shown.
  std::function<ErrorStrip(const Question&, std::size_t columns)> strip = {};
  /// What differs in tags and properties, in full; empty: as the records say.
  std::function<std::string(const Question&, const TableStyle&)> differences = {};
};

/// Returns what the user typed next: a key, or a line without its newline. Nothing at the end of the input or when a
/// stop is requested.
using AnswerSource = std::function<std::optional<std::string>()>;

/// Lines of stdin. A stop request ends its wait.
AnswerSource lines_of_stdin(const std::stop_token& stop);

/// Single keys of the terminal behind stdin, echoed to `out`.
AnswerSource keys_of_terminal(const std::stop_token& stop, std::ostream& out);

/// Shows each question (pair_screen.h) and takes one key or line an answer: 1 keeps the left, 2 the right, S both for
/// now, B both for ever, A answers all open pairs of the same two folders as proposed, after it asked once. P plays both,
/// D shows what differs in full, U takes the last answer back, Q stops, ? explains. Upper or lower case. Plain Enter
/// changes nothing; anything else gets the message that it is no answer. The end of the input stops like Q.
void ask(Review& review, const AnswerSource& next, std::ostream& out, bool color, const ReviewEvents& events);

}  // namespace echofold
