// What `undo` does beside moving files back, for the verb and the review page.
#pragma once

#include <cstddef>

#include "engine/act/recovery/undo.h"
#include "index/store/store.h"

namespace echofold {

/// Takes back the answers of reviews that sent the files of this undo away. The pairs are then open again, so the mark
/// that keeps the files from moving goes, too. @return how many answers
std::size_t take_answers_back(Store& store, const UndoSummary& summary);

}  // namespace echofold
