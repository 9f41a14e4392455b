// The runs of a library, and what became of their files.
#pragma once

#include <vector>

#include "engine/act/journal/run_info.h"
#include "index/store/store.h"

namespace echofold {

/// All runs, newest first. A run whose journal can't be read has only its name and `problem`.
/// @param look_for_files  also fills RunInfo::moves_gone and moves_moved_on, which looks at every moved file
std::vector<RunInfo> history(const Store& store, bool look_for_files = false);

}  // namespace echofold
