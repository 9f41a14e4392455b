// Renders pairs, runs and one-line summaries.
#include "engine/report/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/act/journal/run_info.h"
#include "engine/dedupe/decoded_copies.h"
#include "engine/dedupe/heard_words.h"
#include "engine/dedupe/plan_words.h"
#include "engine/dedupe/title_guard.h"
#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "index/base/text/printable.h"
#include "index/pair/hearing.h"

namespace echofold {
namespace {

constexpr std::size_t band_column = 10;  // where a band begins in the line of a pair

void append_count(std::string& text, std::uint64_t count, std::string_view what) {
  if (count == 0) return;
  text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
}

/// The counts and words of the summary that the run itself printed: "12 set aside, 2 partner files (340.2 MB)". What
/// was taken back or purged since counts as well.
std::string deed_of(const RunInfo& run) {
  const bool organized = run.kind == "organize";
  const std::uint64_t partners = run.moved.partner_files + (organized ? 0 : run.moved.renamed_partners);
  const std::uint64_t rewritten = run.rewrites_done + run.rewrites_open + run.rewrites_undone - run.linked;
  std::string text;
  append_count(text, run.moved.copies, "set aside");
  append_count(text, run.moved.further_names,
               run.moved.further_names == 1 ? "further name" : "further names");
  append_count(text, partners, partners == 1 ? "partner file" : "partner files");
  append_count(text, organized ? run.moved.all_renamed() : run.moved.renamed, "renamed");
  append_count(text, run.linked, "linked");
  append_count(text, rewritten, "rewritten");
  if (text.empty()) text = "changed nothing";
  if (run.bytes > 0) text += " (" + size_text(run.bytes) + ")";
  append_count(text, run.moves_skipped + run.rewrites_skipped, "skipped");
  return text;
}

std::string what_is_left(const RunInfo& run) {
  const std::uint64_t back = run.moves_undone + run.rewrites_undone;
  if (run.is_purged()) return "purged " + local_time_text(run.purged_at_s) + ", can't be undone";
  if (run.outstanding() == 0) return back > 0 ? "taken back" : "nothing to undo";
  std::string text;
  append_count(text, back, "taken back");
  append_count(text, run.moves_purged, "purged");
  append_count(text, run.moves_gone, "gone");
  append_count(text, run.moves_moved_on, "moved on by a later run");
  if (run.moves_moved_on > 0) return text + "; undo that run first";
  switch (run.undo_reach()) {
    case UndoReach::all:
      return text.empty() ? "can be undone" : text + "; the rest can be undone";
    case UndoReach::partly:
      return text + "; the rest can be undone";
    case UndoReach::none:
      break;
  }
  return text + "; can't be undone";
}

std::string state_of(const RunInfo& run) {
  if (run.problem) return "can't be read: " + printable(run.problem->what());
  if (run.moves_open + run.rewrites_open > 0) return "interrupted: the next verb that writes resolves it";
  return (run.finished ? "" : "stopped early; ") + what_is_left(run);
}

/// Wrapped on a terminal.
/// @param used  columns of its first line that are already used
std::string in_lines(const std::string& text, std::size_t used, std::size_t indent, const TableStyle& style) {
  return style.whole_lines ? text : wrapped(text, used, indent, style.columns);
}

/// What follows the name of a run.
std::string run_line(const RunInfo& run) {
  return fmt::format("  {}  {}", local_time_text(run.started_at_s), deed_of(run));
}

/// The guard in words; for the title guard what differs in which title. Where the ear found no difference, a doubt about
/// the sound is one of the fingerprints; where it found one, that line says more.
std::string guard_line(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair) {
  const std::string_view guard = pair.judgement.guard;
  if (guard == guard_of_speed) return "the second " + speed_text(pair.evidence.speed);
  const auto titles =
      guard == guard_of_titles ? title_guard(a, b, {"the first", "the second"}) : std::nullopt;
  if (titles) return printable(*titles);
  if (pair.heard && guard == guard_of_hearing) return {};
  std::string text(guard_text(guard));
  if (!pair.heard || !is_doubt_about_sound(guard)) return text;
  switch (judge(*pair.heard).hearing) {
    case Hearing::same:
      return "by their fingerprints " + text;
    case Hearing::differs:
    case Hearing::remaster:
      return {};
    case Hearing::unclear:
      break;
  }
  return text;
}

std::string heard_line(const TrackRecord& a, const TrackRecord& b, const Heard& heard) {
  const std::string decoded = decoded_text(a, b, heard);
  return heard_text(heard) + (decoded.empty() ? "" : "; " + decoded);
}

}  // namespace

std::string pair_table(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                       const TableStyle& style) {
  const Judgement& judgement = pair.judgement;
  const Colour colour = judgement.band == Band::automatic ? Colour::green
                        : judgement.band == Band::review  ? Colour::yellow
                                                          : Colour::grey;
  std::string text =
      fmt::format("{:>8}  {}  {:<14}  offset {:>10}  overlap {:>7}\n", percent(pair.evidence.similarity()),
                  coloured(fmt::format("{:<7}", name_of(judgement.band)), colour, style.colour),
                  relation_text(judgement.relation), offset_text(pair.evidence.offset_s()),
                  clock_time(pair.evidence.overlap_s()));
  if (const std::string guard = guard_line(a, b, pair); !guard.empty())
    text += std::string(band_column, ' ') + in_lines(guard, band_column, band_column, style) + '\n';
  if (pair.heard)
    text += std::string(band_column, ' ') +
            in_lines(heard_line(a, b, *pair.heard), band_column, band_column, style) + '\n';
  for (const TrackRecord* track : {&a, &b}) {
    const std::string path = printable(track->path);
    text += "  " + (style.whole_lines ? path : shortened(path, style.columns - 2)) + '\n';
  }
  return text;
}

std::string history_table(const std::vector<RunInfo>& runs, const TableStyle& style) {
  if (runs.empty()) return "No runs yet.\n";
  constexpr std::size_t indent = 4;
  std::string text;
  for (const RunInfo& run : runs) {
    text += coloured(printable(run.run), Colour::bold, style.colour);
    if (!run.problem) text += in_lines(run_line(run), printable(run.run).size(), indent, style);
    text += "\n    " + in_lines(state_of(run), indent, indent, style) + '\n';
    for (const std::string& place : run.places) text += "    in " + printable(place) + '\n';
  }
  return text;
}

std::string scan_preview_text(const ScanPreview& preview) {
  std::string text;
  append_count(text, preview.to_read, "to read (" + size_text(preview.bytes_to_read) + ")");
  append_count(text, preview.unchanged, "unchanged");
  append_count(text, preview.moved, "moved");
  append_count(text, preview.missing, "missing");
  append_count(text, preview.failed, "failed");
  append_count(text, preview.known_failed, "known unreadable (`stats` lists them)");
  return (text.empty() ? "no music files" : text) + "; nothing was read or stored\n";
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
  append_count(text, summary.known_failed, "known unreadable (`stats` lists them)");
  if (text.empty()) text = "no music files";
  if (summary.recognised > 0) text += fmt::format("; {} known by their audio", summary.recognised);
  if (summary.audio_seconds > 0) text += fmt::format("; {} of audio read", clock_time(summary.audio_seconds));
  if (summary.interrupted) text += "; interrupted";
  return text + '\n';
}

}  // namespace echofold
