// Takes one step of a run back.
#pragma once

#include <span>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/later_changes.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/restored.h"

namespace echofold {

/// Moves the file back, or gives it its old bytes back, and records what became of it in the journal and the step.
///
/// A move has to be announced before (Journal::restoring): several at a time are. A rewrite is announced here.
/// @param step       is done
/// @param run_steps  of the same run
/// @param later      `moved_on` is not looked at; the caller has checked moved_on_by()
/// @throws Error  only if the journal can't be written
Restored restore(Journal& journal, Step& step, FolderTimes& times, std::span<const Step> run_steps,
                 const LaterChanges& later = {});

}  // namespace echofold
