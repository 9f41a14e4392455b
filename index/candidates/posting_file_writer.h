// Writes the index on disk (posting_file.h).
#pragma once

#include <filesystem>
#include <vector>

#include "index/candidates/candidate_index.h"
#include "index/candidates/posting_sort.h"

namespace echofold {

/// @param track_ids  ascending
/// @throws Error as CandidateIndex::build
void write_posting_file(const std::filesystem::path& file, const PostingBuckets& postings,
                        const std::vector<TrackId>& track_ids, const IndexStamp& stamp,
                        const Progress& progress);

}  // namespace echofold
