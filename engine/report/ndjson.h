// NDJSON for other programs: the schemas of docs/CLI.md, with the fields in that order. No newline at the end.
#pragma once

#include <string>

#include "engine/dedupe/list_pairs.h"
#include "engine/library/scan.h"
#include "engine/report/library_rows.h"
#include "index/model/record.h"

namespace echofold {

/// echofold.pair/1. Similarity and coverage (of the longer track) are cut to 4 decimals, so that no number is rounded
/// up across a threshold. After the main fields come guard (null if nothing speaks against the band auto), phase (in
/// items), contrast, corrected_ber, coverage_shorter, silent, head_s and tail_s (audible seconds that match nothing),
/// short_ber and short_at_s (the run of one second that differs most, and where it begins in a), unknown_s (neither
/// compared, nor silent or sustained alike on both sides), windows (BER of each 8 s, null if unknown) and segments.
std::string pair_to_line(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair);

/// echofold.file/1; "error" is null if there is none. The row of a failed file ends with "known": true if it failed the
/// same way before.
std::string file_to_line(const FileReport& report);

/// echofold.track/1: path, state, the row's place in the plan, then the track as in plans, link_of (null except for a
/// further name of a file) and, if requested, fingerprint (null if there is none).
std::string library_row_to_line(const LibraryRow& row);

}  // namespace echofold
