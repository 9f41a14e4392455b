// Removes the folders that a run made, once nothing of it is set aside any more.
#pragma once

#include <filesystem>

#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"

namespace echofold {

/// Removes those of the folders made by the run that are empty, and restores folder times.
void clear_away(const JournalContents& contents);

/// If nothing of the run is set aside any more: clears away, and records in the journal that the run is taken back.
void close_if_nothing_left(Journal& journal);

/// Clears away once more for runs that are taken back or purged: a later run may have used one of their folders until
/// now.
void clear_away_after_others(const std::filesystem::path& runs_dir);

}  // namespace echofold
