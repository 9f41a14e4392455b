// Tables for people: what `plan`, `pairs`, `history` and the review print. Every name and tag goes through
// printable(); each text ends in a newline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/act/journal.h"
#include "engine/dedupe/match.h"
#include "engine/dedupe/plan.h"
#include "engine/library/scan.h"
#include "index/record.h"

namespace echofold {

struct TableStyle {
  bool colour = false;
  std::size_t columns = 100;  ///< only the side-by-side table cuts to it: a path must be whole to be copied
};

/// How like its keeper a loser is: "99.62 %", and "100.00 %, same audio" where the very samples are the same.
std::string likeness_text(const PlanDrop& drop);

/// A block of a keeper and its losers:
///   1. keep    /music/a.flac                      (lossless; fuller tags)
///              FLAC 16 bit 44.1 kHz stereo, 4:12, 28.3 MB
///      move    /music/b.mp3             99.62 %  (lossy)
///              MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB
std::string group_table(const PlanGroup& group, const TableStyle& style);

struct PlanTotals {
  std::uint64_t groups = 0;  ///< with something to move or to review
  std::uint64_t to_move = 0, to_review = 0, related = 0, protected_copies = 0;
  std::uint64_t bytes_to_free = 0;  ///< of the files to move
};
PlanTotals totals_of(const Plan& plan);

/// "12 groups: 30 files to move (812.4 MB), 3 left for review, ..." or that there are no duplicates.
std::string totals_text(const PlanTotals& totals);

/// All groups with a blank line between, groups of mere relatives last, then the totals.
std::string plan_table(const Plan& plan, const TableStyle& style);

/// Three lines: the judgement with its figures, and the two paths.
std::string pair_table(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                       const TableStyle& style);

/// One line a run, newest first as given; says so when there are none.
std::string history_table(const std::vector<RunInfo>& runs, const TableStyle& style);

/// "1,204 fingerprinted, 3 unchanged, ..." in one line.
std::string scan_summary_text(const ScanSummary& summary);

/// What the review shows above a pair.
struct Comparison {
  double similarity = 0;
  double offset_s = 0;  ///< where the right one's audio starts in the left one's time
  Relation relation = Relation::same_recording;
  std::string why;  ///< why it is left to the user; may be empty
  std::string left_head = "1 (left)", right_head = "2 (right)";
};

/// The two copies beside each other, cut to style.columns (at least 60): path, then of format, bit rate, rate, bits,
/// channels, size, duration and tags what differs, marked with an asterisk (and by colour), then what is the same.
std::string side_by_side(const TrackRecord& left, const TrackRecord& right, const Comparison& comparison,
                         const TableStyle& style);

}  // namespace echofold
