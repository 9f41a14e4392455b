// Brings files back to their old place, and clears away the folders that a run had made for them.
#pragma once

#include <filesystem>
#include <string>

#include "engine/act/folder_times.h"
#include "engine/act/journal.h"
#include "engine/act/later_changes.h"

namespace echofold {

struct Restored {
  bool back = false;
  std::string note;  ///< why not, or what the user should know
};

/// Brings one file back, journalled; `entry.state` follows. Overwrites nothing. A file that was changed in
/// the set-aside folder comes back as it is now. What is another file than the run put there stays. A folder that is gone is made again, but never where the library
/// folder is gone too or looks like a drive that is not mounted.
/// Names of one file (hard links) come back as such.
/// @param run_entries  the moves of the same run
/// @param later  of `known` alone: who moves files on is asked before (moved_on_by())
/// @throws Error  only when the journal can't be written
Restored restore(Journal& journal, JournalEntry& entry, FolderTimes& times,
                 const std::vector<JournalEntry>& run_entries, const LaterChanges& later = {});

/// What restore() would say of the file now, as far as looking tells.
Restored could_restore(const JournalEntry& entry, const LaterChanges& later = {});

/// The folders whose times bringing the file back changes.
std::vector<std::string> folders_of(const Move& move);

/// Removes the folders the run made, as far as they are empty, and sets folder times back.
void clear_away(const JournalContents& contents);

/// When nothing of the run is set aside (any more): clears away, and says in the journal that it is
/// taken back.
void close_if_nothing_left(Journal& journal);

/// Clears away once more for the runs that are taken back or purged: a later run may still have used a folder of theirs then.
void clear_away_after_others(const std::filesystem::path& runs_dir);

}  // namespace echofold
