// Finds out what became of a step that a crash left in doubt.
#pragma once

#include <span>

#include "engine/act/journal/journal.h"
#include "engine/act/journal/step.h"

namespace echofold {

/// Looks where the file is, and records what it finds in the journal and the step.
/// @param step       in doubt (is_in_doubt)
/// @param run_steps  of the same run
/// @return false if the file can't be seen: the step stays in doubt
/// @throws Error  only if the journal can't be written
bool resolve(Journal& journal, Step& step, std::span<const Step> run_steps);

}  // namespace echofold
