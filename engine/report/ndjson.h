// One object a line for other programs: the schemas of docs/CLI.md, fields in that order. No newline at
// the end.
#pragma once

#include <string>

#include "engine/dedupe/list_pairs.h"
#include "engine/library/scan.h"
#include "engine/report/library_rows.h"
#include "index/model/record.h"

namespace echofold {

/// echofold.pair/1. Similarity and coverage (of the longer track) are cut to 4 decimals, so that no number
/// rounds up across a threshold. Behind the contract's fields come guard (null when nothing stood against the
/// band auto), phase (in items), contrast, corrected_ber, coverage_shorter, silent, head_s and tail_s
/// (audible seconds that match nothing), short_ber and short_at_s (of the run of a second that differs most; where it begins
/// in a), unknown_s (neither compared nor silent or held alike on both sides), windows (BER of each 8 s, null where nothing is told) and segments.
std::string pair_to_line(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair);

/// echofold.file/1; "error" is null when there is none. A row of a failed file ends in "known": it failed so before.
std::string file_to_line(const FileReport& report);

/// echofold.track/1: path, state, the row's place in the plan, then the track as plans carry it, link_of (null
/// but for a further name of a file) and, where it was asked for, fingerprint (null where there is none).
std::string library_row_to_line(const LibraryRow& row);

}  // namespace echofold
