// Compares what libav, which is not the writer, reads of a file before and after a change of its tags.
#pragma once

#include <vector>

#include "engine/audio/listed_fact.h"
#include "engine/tag/edit_tags.h"

namespace echofold {

/// Requires that the copy has every fact of the file, except tags that were to change; that it has nothing new but
/// tags, and pictures if they were to be added; and that artist, title, album and album artist are read with their
/// new values.
/// @throws Error Fault::damaged, naming what differs
void require_same_listing(const std::vector<ListedFact>& before, const std::vector<ListedFact>& after,
                          const TagEdit& edit);

}  // namespace echofold
