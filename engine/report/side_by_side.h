// The table of the review: two copies beside each other.
#pragma once

#include <string>

#include "engine/report/table.h"
#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

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
