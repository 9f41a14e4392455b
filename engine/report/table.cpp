// Group blocks, pairs and one-line summaries.
#include "engine/report/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/printable.h"

namespace echofold {
namespace {

constexpr std::size_t path_columns = 60;  // where the figures behind shorter paths line up

/// The word in front of a file, its colour, and whether it is a loser that stays only where it is protected.
struct Mark {
  std::string_view word;
  Colour colour;
};

bool is_protected_copy(const PlanDrop& drop) noexcept {
  return drop.action == Action::none && drop.relation == Relation::same_recording;
}

Mark mark_of(const PlanDrop& drop) noexcept {
  if (drop.action == Action::move) return {"move", Colour::red};
  if (drop.action == Action::review) return {"review", Colour::yellow};
  return {is_protected_copy(drop) ? std::string_view("stay") : name_of(drop.relation), Colour::grey};
}

bool has_copies(const PlanGroup& group) {
  return std::any_of(group.drops.begin(), group.drops.end(), [](const PlanDrop& drop) {
    return drop.action != Action::none || is_protected_copy(drop);
  });
}

/// `number` right-aligned in front of the mark; the second line stands under the path.
std::string file_lines(const std::string& number, Mark mark, const TrackRecord& track,
                       const std::string& behind, const TableStyle& style) {
  const std::size_t mark_columns = std::max<std::size_t>(7, mark.word.size() + 1);
  std::string text = fmt::format("{:>5} ", number);
  text += coloured(fmt::format("{:<{}}", mark.word, mark_columns), mark.colour, style.colour);
  text += padded(printable(track.path), path_columns) + "  " + behind;
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
  if (const std::string line = format_line(track); !line.empty())
    text += std::string(6 + mark_columns, ' ') + coloured(line, Colour::grey, style.colour) + '\n';
  return text;
}

std::string in_brackets(const std::string& why) {
  return why.empty() ? std::string() : fmt::format("({})", printable(why));
}

void append_count(std::string& text, std::uint64_t count, std::string_view what) {
  if (count == 0) return;
  text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
}

std::string state_of(const RunInfo& run) {
  if (run.moves_open + run.rewrites_open > 0) return "interrupted";
  if (run.moves_undone + run.rewrites_undone > 0)
    return run.moves_done + run.rewrites_done == 0 ? "taken back" : "partly taken back";
  return run.finished ? "done" : "stopped early";
}

}  // namespace

std::string likeness_text(const PlanDrop& drop) {
  return percent(drop.similarity) + (drop.exact ? ", same audio" : "");
}

std::string group_table(const PlanGroup& group, const TableStyle& style) {
  const Mark keep = has_copies(group) ? Mark{"keep", Colour::green} : Mark{"-", Colour::grey};
  std::string text = file_lines(fmt::format("{}.", group.number), keep, group.keep.track,
                                has_copies(group) ? in_brackets(group.why) : "", style);
  for (const PlanDrop& drop : group.drops)
    text += file_lines("", mark_of(drop), drop.file.track,
                       fmt::format("{}  {}", likeness_text(drop), in_brackets(drop.why)), style);
  return text;
}

PlanTotals totals_of(const Plan& plan) {
  PlanTotals totals;
  for (const PlanGroup& group : plan.groups) {
    bool acts = false;
    for (const PlanDrop& drop : group.drops) {
      acts = acts || drop.action != Action::none;
      if (drop.action == Action::move) {
        ++totals.to_move;
        totals.bytes_to_free += drop.file.track.stamp.size_bytes;
      } else {
        ++(drop.action == Action::review ? totals.to_review
           : is_protected_copy(drop)     ? totals.protected_copies
                                         : totals.related);
      }
    }
    totals.groups += acts ? 1 : 0;
  }
  return totals;
}

std::string totals_text(const PlanTotals& totals) {
  std::string text = totals.groups == 0 ? "No duplicates to set aside"
                                        : fmt::format("{}: {} to move, {} to free, {} left for review",
                                                      count_text(totals.groups, "group", "groups"),
                                                      count_text(totals.to_move, "file", "files"),
                                                      size_text(totals.bytes_to_free),
                                                      count_text(totals.to_review, "pair", "pairs"));
  std::string more;
  append_count(more, totals.protected_copies,
               totals.protected_copies == 1 ? "copy protected" : "copies protected");
  append_count(more, totals.related, "only related");
  return text + (more.empty() ? "" : " (" + more + ")") + ".\n";
}

std::string plan_table(const Plan& plan, const TableStyle& style) {
  std::string text;
  for (const PlanGroup& group : plan.groups)
    if (has_copies(group)) text += group_table(group, style) + '\n';
  bool first = true;
  for (const PlanGroup& group : plan.groups) {
    if (has_copies(group)) continue;
    if (first) text += coloured("Related, never acted on:", Colour::bold, style.colour) + "\n";
    first = false;
    text += group_table(group, style) + '\n';
  }
  return text + totals_text(totals_of(plan));
}

std::string pair_table(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                       const TableStyle& style) {
  const Judgement& judgement = pair.judgement;
  const Colour colour = judgement.band == Band::automatic ? Colour::green
                        : judgement.band == Band::review  ? Colour::yellow
                                                          : Colour::grey;
  std::string text =
      fmt::format("{:>8}  {}  {:<14}  offset {:>10}  overlap {:>7}  {}", percent(pair.evidence.similarity()),
                  coloured(fmt::format("{:<7}", name_of(judgement.band)), colour, style.colour),
                  name_of(judgement.relation), offset_text(pair.evidence.offset_s()),
                  clock_time(pair.evidence.overlap_s()), in_brackets(std::string(judgement.guard)));
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n  " + printable(a.path) + "\n  " + printable(b.path) + '\n';
}

std::string history_table(const std::vector<RunInfo>& runs, const TableStyle& style) {
  if (runs.empty()) return "No runs yet.\n";
  std::string text = coloured(fmt::format("{:<25}  {:<9}  {:>7}  {:>9}  {:>10}  {:>7}  {}", "run", "kind",
                                          "moved", "rewritten", "taken back", "skipped", "state"),
                              Colour::bold, style.colour) +
                     '\n';
  for (const RunInfo& run : runs)
    text += fmt::format("{:<25}  {:<9}  {:>7}  {:>9}  {:>10}  {:>7}  {}\n", printable(run.run),
                        printable(run.kind), run.moves_done, run.rewrites_done,
                        run.moves_undone + run.rewrites_undone, run.moves_skipped + run.rewrites_skipped,
                        state_of(run));
  return text;
}

std::string scan_summary_text(const ScanSummary& summary) {
  std::string text;
  append_count(text, summary.fingerprinted, "fingerprinted");
  append_count(text, summary.unchanged, "unchanged");
  append_count(text, summary.moved, "moved");
  append_count(text, summary.failed, "failed");
  append_count(text, summary.too_short, "too short");
  append_count(text, summary.silent, "silent");
  append_count(text, summary.missing, "missing");
  if (text.empty()) text = "no music files";
  if (summary.recognised > 0) text += fmt::format("; {} known by their audio", summary.recognised);
  if (summary.audio_seconds > 0) text += fmt::format("; {} of audio read", clock_time(summary.audio_seconds));
  if (summary.interrupted) text += "; interrupted";
  return text + '\n';
}

}  // namespace echofold
