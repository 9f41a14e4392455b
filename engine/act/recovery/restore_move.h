// Moves a file of a run back to its old place.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/later_changes.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/restored.h"

namespace echofold {

/// Moves the file back. Overwrites nothing. A file that was changed in the set-aside folder comes back as it is now.
/// If another file is at `to`, it stays. A missing folder is made again, unless the library folder is missing too or
/// looks like the mount point of an unmounted drive. Names of one file (hard links) become links again. Does not
/// throw for what it finds.
/// @param run_steps  of the same run
/// @param later  `moved_on` is not looked at; the caller has checked moved_on_by()
Restored restore_move(const MoveStep& step, const std::string& run, std::span<const Step> run_steps,
                      FolderTimes& times, const LaterChanges& later);

/// What restore_move() would return now, as far as it can be known without moving anything.
Restored could_restore(const MoveStep& step, const LaterChanges& later = {});

/// The folders whose times change when the file is moved, in either direction.
std::vector<std::string> folders_of(const Move& move);

}  // namespace echofold
