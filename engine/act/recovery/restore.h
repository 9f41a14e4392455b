// Moves files back to their old places, and removes the folders that a run had made.
#pragma once

#include <filesystem>
#include <string>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/later_changes.h"
#include "engine/act/journal/move_entry.h"

namespace echofold {

struct Restored {
  bool back = false;
  std::string note;  ///< why not, or what the user should know
};

/// Moves one file back, journalled, and updates `entry.state`. Overwrites nothing. A file that was changed in the set-aside
/// folder comes back as it is now. If another file is at `to`, it stays. A missing folder is made again, unless the library
/// folder is missing too or looks like the mount point of an unmounted drive. Names of one file (hard links) become links
/// again.
/// @param run_entries  the moves of the same run
/// @param later  `moved_on` is not looked at; the caller has checked moved_on_by()
/// @throws Error  only when the journal can't be written
Restored restore(Journal& journal, JournalEntry& entry, FolderTimes& times,
                 const std::vector<JournalEntry>& run_entries, const LaterChanges& later = {});

/// What restore() would return now, as far as it can be known without moving anything.
Restored could_restore(const JournalEntry& entry, const LaterChanges& later = {});

/// The folders whose times change when the file is moved back.
std::vector<std::string> folders_of(const Move& move);

/// Removes those of the folders made by the run that are empty, and restores folder times.
void clear_away(const JournalContents& contents);

/// If nothing of the run is set aside any more: clears away, and records in the journal that the run is taken back.
void close_if_nothing_left(Journal& journal);

/// Clears away once more for runs that are taken back or purged: a later run may have used one of their folders until now.
void clear_away_after_others(const std::filesystem::path& runs_dir);

}  // namespace echofold
