// Gives a rewritten file its old bytes back.
#pragma once

#include "engine/act/folder_times.h"
#include "engine/act/journal.h"
#include "engine/act/restore.h"

namespace echofold {

/// Makes the old bytes from the file and its delta under a temporary name, compares their hash, gives them
/// the old mode, owner and mtime, and lets both trade places; journalled, `entry.state` follows. A file that
/// does not have the bytes that the run gave it, or has got further hard links since, stays as it is, with
/// the reason.
/// @throws Error  only when the journal can't be written
Restored restore_rewrite(Journal& journal, RewriteEntry& entry, FolderTimes& times);

}  // namespace echofold
