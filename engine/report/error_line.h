// The bit errors of a pair over time as a line of block characters, with what was heard of it.
#pragma once

#include <optional>
#include <string>

#include "engine/report/table.h"
#include "index/model/heard.h"
#include "index/pair/error_strip.h"

namespace echofold {

/// How many columns the strip has beside its label.
std::size_t error_line_columns(const TableStyle& style);

/// Three lines and more in style.columns (at least 60): a block for each column of the strip, as high as its errors; below
/// it a mark for each span that a listener would tell apart; the times at both ends, with the mean and the worst moment;
/// what was heard, with the times of these spans. Times are those of a. A dot stands for what only one track has.
/// Empty if the strip has no columns and nothing was heard.
/// @param ascii  digits from 0 to 9 instead of blocks, for terminals without UTF-8
std::string error_lines(const ErrorStrip& strip, const std::optional<Heard>& heard, const TableStyle& style,
                        bool ascii);

}  // namespace echofold
