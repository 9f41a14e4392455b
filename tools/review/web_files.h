// A file, and what was heard of a pair, as the review page gets them.
#pragma once

#include "index/base/json.h"
#include "index/model/heard.h"
#include "tools/review/review_state.h"

namespace echofold {

/// An id as the page has it: a decimal string, because numbers of a browser are exact only up to 2^53.
std::string id_text(TrackId id);
/// @throws WebError 400 for anything that id_text() does not write
TrackId id_of(std::string_view text);

Json file_json(const PlanFile& file, const FileNotes& notes);

/// The fields of `heard` in NDJSON, and "words"; null where nobody listened.
Json heard_of(const std::optional<Heard>& heard);

/// What the keeper would take with --merge-tags: what it lacks, each from the best copy that has it. Of a release only
/// from one of the same album.
Json merged_tags_json(const PlanGroup& group);

}  // namespace echofold
