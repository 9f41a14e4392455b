// A plan as a table for people. Every name and tag goes through printable(); each text ends in a newline.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/dedupe/plan.h"
#include "engine/report/table.h"

namespace echofold {

/// How like its keeper a loser is: "99.62 %", and "100.00 %, same audio" where the very samples are the same.
std::string likeness_text(const PlanDrop& drop);

/// A block of a keeper and its losers. A path is shown without `folder`, if it begins with it.
///    1. keep    Albums/a.flac
///               FLAC 16 bit 44.1 kHz stereo, 4:12, 28.3 MB (lossless; fuller tags)
///       move    Downloads/b.mp3
///               99.62 %  MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB (lossy)
std::string group_table(const PlanGroup& group, std::string_view folder, const TableStyle& style);

struct PlanTotals {
  std::uint64_t groups = 0;  ///< with something to move or to review
  std::uint64_t to_move = 0, to_review = 0, related = 0;
  std::uint64_t staying = 0;        ///< copies that stay in a protected folder or a complete album
  std::uint64_t taken_back = 0;     ///< copies that stay since `undo` brought them back
  std::uint64_t bytes_to_free = 0;  ///< of the files to move
};
PlanTotals totals_of(const Plan& plan);

/// "12 groups: 30 files to move, 812.4 MB to free, 3 pairs to review (2 only related)." or that there are no duplicates. What
/// there is none of is not mentioned. Copies that were taken back have a line of their own.
std::string totals_text(const PlanTotals& totals, const TableStyle& style = {.whole_lines = true});

/// What the user can do about it: one sentence, empty where there is nothing to move and nothing to review.
/// @param apply  the command that moves: "--apply"
std::string next_step_text(const PlanTotals& totals, std::string_view apply);

/// The folder that all files lie in, then all groups with a blank line between, groups of mere relatives last, then the
/// totals. Groups whose copies were all taken back are left out.
std::string plan_table(const Plan& plan, const TableStyle& style);

}  // namespace echofold
