// A plan as a table for people. Every name and tag goes through printable(); each text ends in a newline.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/dedupe/plan.h"
#include "engine/report/table.h"

namespace echofold {

/// How similar a loser is to its keeper: "99.62 %", or "100.00 %, same audio" if the samples are the same.
std::string likeness_text(const PlanDrop& drop);

/// What becomes of a loser, in one word: "move", "review", "stay", or how it is related: "edit", "longer", ...
std::string_view mark_word(const PlanGroup& group, const PlanDrop& drop) noexcept;

/// The keeper and its losers. A path is shown without `folder` if it begins with it.
///    1. keep    Albums/a.flac
///               FLAC 16 bit 44.1 kHz stereo, 4:12, 28.3 MB (lossless; fuller tags)
///       move    Downloads/b.mp3
///               99.62 %  MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB (lossy)
std::string group_table(const PlanGroup& group, std::string_view folder, const TableStyle& style);

struct PlanTotals {
  std::uint64_t groups = 0;  ///< with something to move or to review
  std::uint64_t to_move = 0, to_review = 0, related = 0;
  std::uint64_t staying = 0;        ///< copies that stay in a protected folder or a complete album
  std::uint64_t taken_back = 0;     ///< copies that stay because `undo` brought them back
  std::uint64_t bytes_to_free = 0;  ///< of the files to move
};
PlanTotals totals_of(const Plan& plan);

/// "12 groups: 30 files to move, 812.4 MB to free, 3 pairs to review (2 only related).", or that there are no
/// duplicates. Counts of 0 are not mentioned. Copies that `undo` brought back have a line of their own.
std::string totals_text(const PlanTotals& totals, const TableStyle& style = {.whole_lines = true});

/// What the user can do next, in one sentence; empty if there is nothing to move or to review.
/// @param apply  the command that moves: "--apply"
std::string next_step_text(const PlanTotals& totals, std::string_view apply);

/// The common folder of all files, then the groups with a blank line between, those that are only related last, then
/// the totals. Groups whose losers all stay because `undo` brought them back are left out.
std::string plan_table(const Plan& plan, const TableStyle& style);

}  // namespace echofold
