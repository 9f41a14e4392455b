// Tables for people: what `pairs`, `scan` and `history` print. Every name and tag goes through
// printable(); each text ends in a newline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/act/journal/run_info.h"
#include "engine/dedupe/list_pairs.h"
#include "engine/library/scan.h"
#include "index/model/record.h"

namespace echofold {

struct TableStyle {
  bool colour = false;
  std::size_t columns = 100;  ///< lines are wrapped and paths are shortened to it
  bool whole_lines = false;   ///< for a file or a pipe: neither is done
};

/// The judgement with its figures and what speaks against a better one, then the two paths, a line each.
std::string pair_table(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                       const TableStyle& style);

/// The runs in the given order, newest first, or that there are none:
///   2026-11-30T02-12-22Z-1f3a  2026-11-30 03:12  12 set aside (340.2 MB)
///       can be undone
///       in /music/.echofold-duplicates/2026-11-30T02-12-22Z-1f3a
std::string history_table(const std::vector<RunInfo>& runs, const TableStyle& style);

/// "1,204 fingerprinted, 3 unchanged, ..." in one line.
std::string scan_summary_text(const ScanSummary& summary);

/// "12 to read (340.2 MB), 3 unchanged, ...; nothing was read" in one line.
std::string scan_preview_text(const ScanPreview& preview);

}  // namespace echofold
