// Pairs, runs and one-line summaries.
#include "engine/report/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/dedupe/plan_words.h"
#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "engine/report/printable.h"

namespace echofold {
namespace {

constexpr std::size_t band_column = 10;  // where a band begins in the line of a pair

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
  if (!judgement.guard.empty())
    text += std::string(band_column, ' ') + std::string(guard_text(judgement.guard)) + '\n';
  for (const TrackRecord* track : {&a, &b}) {
    const std::string path = printable(track->path);
    text += "  " + (style.whole_lines ? path : shortened(path, style.columns - 2)) + '\n';
  }
  return text;
}

std::string history_table(const std::vector<RunInfo>& runs, const TableStyle& style) {
  if (runs.empty()) return "No runs yet.\n";
  std::string text = coloured(fmt::format("{:<25}  {:<9}  {:>7}  {:>9}  {:>10}  {:>7}  {}", "run", "kind",
                                          "moved", "rewritten", "taken back", "skipped", "state"),
                              Colour::bold, style.colour) +
                     '\n';
  for (const RunInfo& run : runs)
    text += fmt::format("{:<25}  {:<9}  {:>7}  {:>9}  {:>10}  {:>7}  {}\n", printable(run.run),
                        printable(run.kind), run.moves_done - run.along, run.rewrites_done,
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
