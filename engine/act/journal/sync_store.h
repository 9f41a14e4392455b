// Updates the library's records to where a run's files are. The journal decides.
#pragma once

#include <vector>

#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/rewrite_entry.h"
#include "index/store/store.h"

namespace echofold {

/// Sets `place`, `set_aside_path` and `stamp` of the moved tracks, and `path` of the renamed ones. Writes only what differs,
/// in batches. A record to which a scan has since given another path is left alone. Tracks that the user took back are
/// marked as kept (engine/dedupe/kept.h); tracks that are set aside lose that mark. Idempotent.
void sync_store(Store& store, const std::vector<JournalEntry>& entries);

/// Likewise `stamp` and, if the rewrite changed them, `tags` of the rewritten tracks. A record that a later scan has updated
/// is left alone.
void sync_store(Store& store, const std::vector<RewriteEntry>& entries);

}  // namespace echofold
