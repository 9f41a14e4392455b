// The table of the review: two copies beside each other.
#pragma once

#include <cstddef>
#include <string>

#include "engine/report/table.h"
#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

/// All that the review shows of a pair begins in this column, behind a label, and takes so many columns at least.
inline constexpr std::size_t pair_begin_column = 17, least_pair_columns = 60;

/// What the review shows above a pair.
struct Comparison {
  double similarity = 0;
  double offset_s = 0;  ///< where the right copy's audio starts in the left copy's time
  Relation relation = Relation::same_recording;
  std::string why;  ///< why the user is asked; may be empty
  std::string left_head = "1 (left)", right_head = "2 (right)";
  bool same_in_short = false;  ///< what is the same is listed in one sentence, not in rows
};

/// The two copies side by side, in style.columns (at least 60): the path; then, of format, bit rate, rate, bits,
/// channels, size, duration and tags, first what differs, marked by an asterisk (and by colour), then what is the
/// same.
std::string side_by_side(const TrackRecord& left, const TrackRecord& right, const Comparison& comparison,
                         const TableStyle& style);

}  // namespace echofold
