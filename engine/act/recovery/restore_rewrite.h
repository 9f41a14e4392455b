// Restores the old bytes of a rewritten file.
#pragma once

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal.h"
#include "engine/act/recovery/restore.h"

namespace echofold {

/// Rebuilds the old bytes from the file and its delta under a temporary name, checks their hash, sets the old mode, owner
/// and mtime, and swaps both. Journalled; updates `entry.state`. A file that no longer has the bytes that the run gave it, or
/// has further hard links now, is left alone, with the reason.
/// @throws Error  only when the journal can't be written
Restored restore_rewrite(Journal& journal, RewriteEntry& entry, FolderTimes& times);

}  // namespace echofold
