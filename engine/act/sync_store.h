// Brings the library's records in step with where a run's files are. The journal is the truth.
#pragma once

#include <vector>

#include "engine/act/journal.h"
#include "index/store/store.h"

namespace echofold {

/// Sets `place`, `set_aside_path` and `stamp` of the tracks of these moves, and `path` of those that were renamed. Writes only what differs, in
/// batches; a record that a scan has since given another path is left alone. Marks the tracks that the user took
/// back as kept (engine/dedupe/kept.h), and those that are set aside as not kept. Idempotent.
void sync_store(Store& store, const std::vector<JournalEntry>& entries);

/// Likewise `stamp` and, where a rewrite changes them, `tags` of the tracks that were rewritten. A record
/// that a scan has since read anew is left alone.
void sync_store(Store& store, const std::vector<RewriteEntry>& entries);

}  // namespace echofold
