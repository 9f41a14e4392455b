// What a reader other than the writer makes of a file before and after a change of its tags.
#pragma once

#include <vector>

#include "engine/audio/listed_fact.h"
#include "engine/tag/edit_tags.h"

namespace echofold {

/// Every fact of the file is one of the copy, but for the tags that are asked for; nothing new but tags, and pictures where
/// they are asked for; artist, title, album and album artist are read as they were asked for.
/// @throws Error Fault::damaged with what is not so
void require_same_listing(const std::vector<ListedFact>& before, const std::vector<ListedFact>& after,
                          const TagEdit& edit);

}  // namespace echofold
