// See ask.h.
#include "tools/review/ask.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <poll.h>
#include <unistd.h>

#include <map>

#include "engine/report/differences.h"
#include "engine/report/error_line.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "index/base/text/printable.h"
#include "tools/console/keys.h"
#include "tools/console/terminal.h"
#include "tools/review/pair_screen.h"

namespace echofold {
namespace {

constexpr int poll_interval_ms = 100;

/// What a key or line of the user means.
enum class Command {
  keep_left,
  keep_right,
  for_now,
  for_ever,
  album,
  play,
  differences,
  take_back,
  explain,
  redraw,
  nothing,
  stop,
  unknown
};

Command command_of(const std::string& typed) {
  const std::size_t first = typed.find_first_not_of(" \t\r");
  if (first == std::string::npos) return Command::nothing;
  if (typed.find_last_not_of(" \t\r") != first) return Command::unknown;
  switch (typed[first]) {
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
    case 'a':
    case 'A':
      return Command::album;
    case 'd':
    case 'D':
      return Command::differences;
    case 'p':
    case 'P':
      return Command::play;
    case 'u':
    case 'U':
      return Command::take_back;
    case 'q':
    case 'Q':
      return Command::stop;
    case '?':
    case 'h':
    case 'H':
      return Command::explain;
    case '\f':
      return Command::redraw;
    default:
      return Command::unknown;
  }
}

void show(const Review& review, std::ostream& out, const TableStyle& style, const ReviewEvents& events) {
  const ErrorStrip strip =
      events.strip ? events.strip(*review.current(), error_line_columns(style)) : ErrorStrip{};
  out << pair_screen(review, strip, style, terminal_is_ascii());
}

/// Fits 80 columns with the longest names.
void prompt(const Question& question, std::ostream& out) {
  const SideNames names = names_of(question);
  const auto key = [](const std::string& text, bool is_proposed) {
    return is_proposed ? "[" + text + "]" : text;
  };
  fmt::print(out, "{}, {}, S later, B both, A album, P play, D, U, Q, ?: ",
             key("1 " + names.left + " stays", question.proposes_left),
             key("2 " + names.right + " stays", !question.proposes_left));
  out << std::flush;
}

void explain(const Question& question, std::ostream& out) {
  const SideNames names = names_of(question);
  const auto mark = [](bool is_proposed) { return is_proposed ? " (proposed)" : ""; };
  fmt::print(out,
             "  1  the {} copy stays, the {} one is set aside{}\n"
             "  2  the {} copy stays, the {} one is set aside{}\n"
             "  S  both stay for now; you are asked again next time\n"
             "  B  both stay for ever; you are not asked again\n"
             "  A  answers all open pairs of these two folders as proposed, after asking once\n"
             "  P  play 15 seconds of both in turn; P again: another place. While it plays,\n"
             "     Tab switches at the same instant, and any other key stops\n"
             "  D  what differs in tags and properties, in full\n"
             "  U  take the last answer back\n"
             "  Q  stop here\n"
             "Answers are kept at once. Files are moved when the review ends.\n",
             names.left, names.right, mark(question.proposes_left), names.right, names.left,
             mark(!question.proposes_left));
}

void take(Review& review, Answer answer, const ReviewEvents& events) {
  review.answer(answer);
  events.answered(review.last());
}

void take_back(Review& review, std::ostream& out, const ReviewEvents& events) {
  const std::vector<GivenNow> given = review.take_back();
  if (given.empty()) {
    out << "There is no answer to take back.\n";
    return;
  }
  events.taken_back(given);
  if (given.size() > 1) fmt::print(out, "{} answers taken back.\n", given.size());
}

/// What A would do, in a sentence for each folder that loses copies.
std::string album_text(const Review& review, const std::vector<std::size_t>& indexes) {
  std::map<std::string, std::size_t> losses;
  std::uint64_t bytes = 0;
  for (const std::size_t index : indexes) {
    const Question& question = review.question(index);
    const TrackRecord& loser = (question.proposes_left ? question.right : question.left).track;
    ++losses[loser.path.substr(0, loser.path.rfind('/') + 1)];
    bytes += loser.stamp.size_bytes;
  }
  std::string text;
  for (const auto& [folder, count] : losses)
    text += fmt::format("  {} from {}\n", count_text(count, "copy goes", "copies go"),
                        shortened(printable(folder), terminal_columns() - 24));
  return fmt::format("All {} open pairs of these two folders, as proposed ({}):\n{}", indexes.size(),
                     size_text(bytes), text);
}

/// Asks once; plain Enter and every other key but Y mean no.
void answer_album(Review& review, const AnswerSource& next, std::ostream& out, const ReviewEvents& events) {
  const std::vector<std::size_t> indexes = review.of_these_folders();
  if (indexes.size() < 2) {
    out << "This is the only open pair of these two folders.\n";
    return;
  }
  out << album_text(review, indexes) << "Y answers them, any other key does not: " << std::flush;
  const auto typed = next();
  if (!typed || (*typed != "y" && *typed != "Y")) {
    out << "Nothing was answered.\n";
    return;
  }
  review.answer_as_proposed(indexes);
  events.answered(review.last());
  fmt::print(out, "{} pairs answered{}.\n", indexes.size(), review.open() > 0 ? "; U takes them back" : "");
}

void show_differences(const Question& question, std::ostream& out, const TableStyle& style,
                      const ReviewEvents& events) {
  out << (events.differences ? events.differences(question, style)
                             : differences(question.left.track, question.right.track, {}, {}, style));
}

void play(const Question& question, std::ostream& out, const ReviewEvents& events) {
  if (events.play)
    events.play(question);
  else
    out << "Nothing can be played here.\n";
}

/// Control characters, and the sequences of keys without a letter, are not shown.
void print_unknown(const std::string& typed, std::ostream& out) {
  const bool has_name = static_cast<unsigned char>(typed.front()) > ' ' && typed.front() != '\x7f';
  fmt::print(out, "{} is not an answer; ? explains the keys.\n",
             has_name ? fmt::format("\"{}\"", printable(typed)) : "That key");
}

}  // namespace

AnswerSource lines_of_stdin(const std::stop_token& stop) {
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

AnswerSource keys_of_terminal(const std::stop_token& stop, std::ostream& out) {
  return [stop = stop, &out]() -> std::optional<std::string> {
    auto key = next_key(stop);
    if (key && *key != redraw_key) {
      const bool is_shown = !key->empty() && static_cast<unsigned char>(key->front()) > ' ' && *key != "\x7f";
      out << (is_shown ? printable(*key) : "") << '\n' << std::flush;
    }
    return key;
  };
}

void ask(Review& review, const AnswerSource& next, std::ostream& out, bool color,
         const ReviewEvents& events) {
  const TableStyle style{.colour = color, .columns = terminal_columns()};
  std::size_t shown = review.size();  // position of the question on the screen
  if (review.earlier() > 0) fmt::print(out, "{} of {} answered earlier.\n", review.earlier(), review.total());
  while (review.current() != nullptr) {
    if (shown != review.position()) show(review, out, style, events);
    shown = review.position();
    prompt(*review.current(), out);
    const auto typed = next();
    switch (typed ? command_of(*typed) : Command::stop) {
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
      case Command::album:
        answer_album(review, next, out, events);
        break;
      case Command::differences:
        show_differences(*review.current(), out, style, events);
        break;
      case Command::play:
        play(*review.current(), out, events);
        break;
      case Command::take_back:
        take_back(review, out, events);
        break;
      case Command::explain:
        explain(*review.current(), out);
        break;
      case Command::redraw:
        shown = review.size();
        break;
      case Command::nothing:
        break;
      case Command::unknown:
        print_unknown(*typed, out);
        break;
      case Command::stop:
        out << '\n';
        return;
    }
  }
}

}  // namespace echofold
