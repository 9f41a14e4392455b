// What a review shows of a pair.
#pragma once

#include <string>

#include "engine/report/table.h"
#include "index/pair/error_strip.h"
#include "tools/review/questions.h"

namespace echofold {

/// The current pair of a review, in style.columns: how far the review is; all copies of the recording where there are more
/// than two, with what is decided about each; the two copies side by side, what differs first; the bit errors over time
/// and what was heard.
/// @param strip  of (left, right); may be empty
std::string pair_screen(const Review& review, const ErrorStrip& strip, const TableStyle& style, bool ascii);

/// How many files the group of a question has that are copies of one recording, and which of them this question is
/// about: 2 of 5. {0, 0} for a question without a group.
struct CopyNumber {
  std::size_t number = 0, of = 0;
};
CopyNumber copy_number(const Question& question);

/// Whether the terminal can't show block characters, by $LC_ALL, $LC_CTYPE and $LANG: the first that is set names a
/// locale without UTF-8. Nothing that is set means UTF-8.
bool terminal_is_ascii();

}  // namespace echofold
