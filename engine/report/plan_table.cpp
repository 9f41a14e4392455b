// See plan_table.h.
#include "engine/report/plan_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "engine/report/shared_folder.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t number_columns = 6, mark_columns = 8;
constexpr std::size_t text_column = number_columns + mark_columns;  // where paths and figures begin

/// The word before a file, and its colour.
struct Mark {
  std::string_view word;
  Colour colour;
};

/// True for a copy of the recording that stays.
bool is_staying(const PlanDrop& drop) noexcept {
  return drop.action == Action::none && is_copy(drop.relation);
}

Mark mark_of(const PlanGroup& group, const PlanDrop& drop) noexcept {
  if (drop.action == Action::move) return {"move", Colour::red};
  if (drop.action == Action::review) return {"review", Colour::yellow};
  if (is_staying(drop)) return {"stay", Colour::grey};
  if (drop.relation == Relation::insufficient) return {"unsure", Colour::grey};
  const bool is_longer = drop.file.track.properties.duration_s > group.keep.track.properties.duration_s;
  if (drop.relation == Relation::edit) return {is_longer ? "longer" : "edit", Colour::grey};
  return {name_of(drop.relation), Colour::grey};
}

bool has_copies(const PlanGroup& group) {
  return std::any_of(group.drops.begin(), group.drops.end(),
                     [](const PlanDrop& drop) { return drop.action != Action::none || is_staying(drop); });
}

std::string in_brackets(const std::string& why) {
  return why.empty() ? std::string() : fmt::format("({})", printable(why));
}

/// Joins the words that are not empty with blanks.
std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    if (!part.empty()) text += (text.empty() ? "" : " ") + part;
  return text;
}

/// `number` (right-aligned), the mark and the path in one line, and `figures` below the path.
std::string file_lines(const std::string& number, Mark mark, const std::string& path,
                       const std::string& figures, const TableStyle& style) {
  std::string text = fmt::format("{:>5} ", number);
  text += coloured(fmt::format("{:<{}}", mark.word, mark_columns - 1), mark.colour, style.colour);
  text.append(" ").append(path).append("\n");
  if (figures.empty()) return text;
  const std::string lines =
      style.whole_lines ? figures : wrapped(figures, text_column, text_column, style.columns);
  text.append(text_column, ' ').append(coloured(lines, Colour::grey, style.colour)).append("\n");
  return text;
}

void append(std::string& text, const std::string& part) { text += (text.empty() ? "" : ", ") + part; }

}  // namespace

std::string_view mark_word(const PlanGroup& group, const PlanDrop& drop) noexcept {
  return mark_of(group, drop).word;
}

std::string likeness_text(const PlanDrop& drop) {
  return percent(drop.similarity) + (drop.exact ? ", same audio" : "");
}

std::string group_table(const PlanGroup& group, std::string_view folder, const TableStyle& style) {
  const bool acts = has_copies(group);
  const Mark keep = acts ? Mark{"keep", Colour::green} : Mark{"-", Colour::grey};
  const std::string why = acts ? in_brackets(group.why) : "";
  std::string text = file_lines(fmt::format("{}.", group.number), keep,
                                path_below(group.keep.track.path, folder, text_column, style),
                                joined({format_line(group.keep.track), why}), style);
  for (const PlanDrop& drop : group.drops)
    text += file_lines(
        "", mark_of(group, drop), path_below(drop.file.track.path, folder, text_column, style),
        joined({likeness_text(drop) + ' ', format_line(drop.file.track), in_brackets(drop.why)}), style);
  return text;
}

PlanTotals totals_of(const Plan& plan) {
  PlanTotals totals;
  for (const PlanGroup& group : plan.groups) {
    const bool is_shown = !is_taken_back(group);
    bool acts = false;
    for (const PlanDrop& drop : group.drops) {
      acts = acts || drop.action != Action::none;
      if (drop.action == Action::move) {
        ++totals.to_move;
        totals.bytes_to_free += drop.file.track.stamp.size_bytes;
      } else if (drop.kept) {
        ++totals.taken_back;
      } else if (is_shown) {
        ++(drop.action == Action::review ? totals.to_review
           : is_staying(drop)            ? totals.staying
                                         : totals.related);
      }
    }
    totals.groups += acts ? 1 : 0;
  }
  return totals;
}

std::string totals_text(const PlanTotals& totals, const TableStyle& style) {
  std::string parts, more;
  if (totals.to_move > 0) {
    append(parts, count_text(totals.to_move, "file", "files") + " to move");
    append(parts, size_text(totals.bytes_to_free) + " to free");
  }
  if (totals.to_review > 0) append(parts, count_text(totals.to_review, "pair", "pairs") + " to review");
  if (totals.staying > 0) append(more, count_text(totals.staying, "copy stays", "copies stay"));
  if (totals.related > 0) append(more, fmt::format("{} only related", totals.related));
  std::string text = totals.groups == 0 ? "No duplicates to set aside"
                                        : count_text(totals.groups, "group", "groups") + ": " + parts;
  text += (more.empty() ? "" : " (" + more + ")") + ".";
  constexpr std::size_t indent = 2;
  const auto line = [&](const std::string& sentence) {
    return (style.whole_lines ? sentence : wrapped(sentence, 0, indent, style.columns)) + '\n';
  };
  if (totals.taken_back == 0) return line(text);
  return line(text) + line(count_text(totals.taken_back, "copy stays: you took it back (`--again` plans it).",
                                      "copies stay: you took them back (`--again` plans them)."));
}

std::string next_step_text(const PlanTotals& totals, std::string_view apply) {
  if (totals.to_move == 0 && totals.to_review == 0) return {};
  if (totals.to_move == 0)
    return fmt::format("`echofold review` asks about {}.", totals.to_review == 1 ? "it" : "them");
  return fmt::format(
      "Nothing was moved: `{}` {}.", apply,
      totals.to_review == 0 ? "does it" : "moves what is certain and asks about the rest (on a terminal)");
}

std::string plan_table(const Plan& plan, const TableStyle& style) {
  std::vector<std::string_view> paths;
  for (const PlanGroup& group : plan.groups) {
    if (is_taken_back(group)) continue;
    paths.push_back(group.keep.track.path);
    for (const PlanDrop& drop : group.drops) paths.push_back(drop.file.track.path);
  }
  const std::string folder = common_folder(paths);
  std::string text = folder_heading(folder, style);
  for (const PlanGroup& group : plan.groups)
    if (has_copies(group) && !is_taken_back(group)) text += group_table(group, folder, style) + '\n';
  bool first = true;
  for (const PlanGroup& group : plan.groups) {
    if (has_copies(group) || is_taken_back(group)) continue;
    if (first) text += coloured("Related, never acted on:", Colour::bold, style.colour) + "\n";
    first = false;
    text += group_table(group, folder, style) + '\n';
  }
  return text + totals_text(totals_of(plan), style);
}

}  // namespace echofold
