// See pair_screen.h.
#include "tools/review/pair_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "engine/report/colour.h"
#include "engine/report/error_line.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "engine/report/side_by_side.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// What is decided about a copy of the group, in a word.
std::string_view state_of(const Review& review, const PlanGroup& group, const PlanDrop* drop) {
  bool loses = false, has_question = false, is_open = false;
  const std::string& path = drop == nullptr ? group.keep.track.path : drop->file.track.path;
  for (std::size_t i = 0; i < review.size(); ++i) {
    const Question& question = review.question(i);
    if (question.in != &group || (drop != nullptr && question.drop != drop)) continue;
    const auto answer = review.answer_to(i);
    has_question = true;
    is_open = is_open || !answer;
    loses = loses || (answer == Answer::keep_left && question.right.track.path == path) ||
            (answer == Answer::keep_right && question.left.track.path == path);
  }
  if (loses) return "goes";
  if (drop == nullptr) return "best";
  if (has_question) return is_open ? "open" : "stays";
  return drop->action == Action::move ? "goes" : "stays";
}

std::string copy_line(std::string_view mark, std::string_view state, const TrackRecord& track,
                      std::size_t columns) {
  const AudioProperties& p = track.properties;
  const std::string figures = fmt::format("{} {} {}", codec_text(p), p.lossless ? "" : bit_rate_text(p),
                                          size_text(track.stamp.size_bytes));
  constexpr std::size_t lead = 9;  // "> stays  "
  const std::size_t room = columns - std::min(columns, lead + columns_of(figures) + 2);
  return fmt::format("{} {:<7}", mark, state) + padded(shortened(printable(track.path), room), room) + "  " +
         figures + '\n';
}

/// All copies of the recording, where there are more than two.
std::string group_lines(const Review& review, const TableStyle& style) {
  const Question& question = *review.current();
  const CopyNumber copy = copy_number(question);
  if (copy.of <= 2) return {};
  const PlanGroup& group = *question.in;
  std::string text = copy_line(">", state_of(review, group, nullptr), group.keep.track, style.columns);
  for (const PlanDrop& drop : group.drops)
    if (is_copy(drop.relation))
      text += copy_line(&drop == question.drop ? ">" : " ", state_of(review, group, &drop), drop.file.track,
                        style.columns);
  return coloured(text.substr(0, text.size() - 1), Colour::grey, style.colour) + "\n\n";
}

}  // namespace

CopyNumber copy_number(const Question& question) {
  if (question.in == nullptr) return {};
  CopyNumber copy{1, 1};
  for (const PlanDrop& drop : question.in->drops) {
    if (!is_copy(drop.relation)) continue;
    ++copy.of;
    if (&drop == question.drop) copy.number = copy.of;
  }
  return copy;
}

bool terminal_is_ascii() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string locale(value);
    std::transform(locale.begin(), locale.end(), locale.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return locale.find("utf-8") == std::string::npos && locale.find("utf8") == std::string::npos;
  }
  return false;
}

std::string pair_screen(const Review& review, const ErrorStrip& strip, const TableStyle& style, bool ascii) {
  const Question& question = *review.current();
  const SideNames names = names_of(question);
  const CopyNumber copy = copy_number(question);
  Comparison comparison{question.similarity, question.offset_s, question.relation, question.why};
  comparison.left_head = "1 = " + names.left + (question.proposes_left ? " (proposed)" : "");
  comparison.right_head = "2 = " + names.right + (question.proposes_left ? "" : " (proposed)");
  comparison.same_in_short = true;
  const std::string copies =
      copy.of > 2 ? fmt::format(": copy {} of {} of this recording", copy.number, copy.of) : "";
  return fmt::format("\nPair {} of {}{}\n", review.earlier() + review.position() + 1, review.total(),
                     copies) +
         group_lines(review, style) +
         side_by_side(question.left.track, question.right.track, comparison, style) +
         error_lines(strip, question.heard, style, ascii);
}

}  // namespace echofold
