// What differs between two copies in tags and properties, in full.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/audio/listed_fact.h"
#include "engine/report/table.h"
#include "index/model/record.h"

namespace echofold {

/// Each tag and property that is not the same in both, with both values in whole, a line each; then the names of those
/// that are the same. Values that are longer than some lines are cut.
/// @param left_tags, right_tags  all tags of the files, as `tags_in` gives them
std::string differences(const TrackRecord& left, const TrackRecord& right,
                        const std::vector<ListedFact>& left_tags, const std::vector<ListedFact>& right_tags,
                        const TableStyle& style);

/// The tags among the facts of list_contents(), with upper-case names and each name once, sorted. Tags that echofold's
/// records have are left out.
std::vector<ListedFact> tags_in(const std::vector<ListedFact>& facts);

}  // namespace echofold
