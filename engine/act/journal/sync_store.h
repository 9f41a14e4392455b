// Updates the library's records to where a run's files are. The journal decides.
#pragma once

#include <span>

#include "engine/act/journal/step.h"
#include "index/store/store.h"

namespace echofold {

/// Brings the records of the run's tracks in step, in batches, and writes only what differs. Idempotent.
///
/// Of moved tracks: `place`, `set_aside_path` and `stamp`; of renamed ones `path`; of rewritten ones `stamp`, and
/// `tags` if the rewrite changed them. A record to which a scan has since given another path, or another stamp, is
/// left alone. Tracks that the user took back are marked as kept (engine/dedupe/kept.h); tracks that are set aside
/// lose that mark.
void sync_store(Store& store, std::span<const Step> steps);

}  // namespace echofold
