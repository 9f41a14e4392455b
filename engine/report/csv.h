// CSV by RFC 4180: lines end in CRLF, cells with comma, quote or line break are quoted.
//
// Text that starts with = + - @ TAB or CR gets an apostrophe before it: a spreadsheet would take a file name for a
// formula. Our own numbers (-3.2) get none. All output is UTF-8: a path that is not UTF-8 is written as a file URI
// (`file:///music/caf%E9.mp3`), which no other path looks like.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dedupe/list_pairs.h"
#include "engine/dedupe/plan.h"
#include "engine/report/library_rows.h"
#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

std::string csv_text(
    std::string_view text);  ///< one cell: guarded and quoted; what is not UTF-8 becomes U+FFFD
std::string csv_path(const std::string& path);                ///< one cell: an absolute path, or its file URI
std::string csv_line(const std::vector<std::string>& cells);  ///< cells as they are, and CRLF

/// The library report: path, duration_s, format, bit_rate_kbps, sample_rate_hz, bits_per_sample, channels,
/// size_bytes, quality_rank, duplicate_of, similarity, relation, state, why, group, artist, title, album,
/// set_aside_path, signs, link_of. Sorted by path; unknown values are empty; states as in library_rows.h.
/// @param wanted          the rows that are written
/// @param fingerprint_of  adds the column fingerprint
void write_library_csv(
    std::ostream& out, const Snapshot& snapshot, const Plan& plan,
    const std::function<bool(const LibraryRow&)>& wanted = [](const LibraryRow&) { return true; },
    const std::function<std::string(const TrackRecord&)>& fingerprint_of = {});

/// a, b, similarity, relation, band, offset_s, overlap_s, coverage, ber, informative, guard
std::string pair_csv_header();
std::string pair_to_csv(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair);

/// A line for each file, keepers first in their group: group, role (keep, drop), path, similarity, relation, band,
/// action, why, rank, size_bytes, signs
void write_plan_csv(std::ostream& out, const Plan& plan);

}  // namespace echofold
