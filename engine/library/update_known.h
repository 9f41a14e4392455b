// Updates the records of known files without opening a file.
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "engine/library/known_tracks.h"
#include "engine/library/scan_tally.h"
#include "engine/library/triage.h"
#include "index/store/store.h"

namespace echofold {

/// The report of a file that is not read because its track is known. A file that failed before is not tried again.
FileReport report_of_known(const FoundFile& file, const KnownTracks& known, KnownTracks::Number number,
                           bool moved);

/// Writes new paths, places, devices and hard links in batches of `batch_tracks` (at least 1). Reports every file to
/// `tally`, first those that need no writing.
/// @throws Error Fault::interrupted (what was written stays), as Store::write
void update_known(Store& store, const std::vector<FoundFile>& files, const KnownTracks& known,
                  std::span<const KnownFile> to_update, std::size_t batch_tracks, ScanTally& tally,
                  const std::stop_token& stop);

/// Marks present tracks as missing; their fingerprints are kept in case they return. Skips tracks that have another
/// path by now.
/// @return how many were marked
std::uint64_t mark_missing(Store& store, const KnownTracks& known, std::span<const KnownTracks::Number> gone,
                           std::size_t batch_tracks);

/// Removes tracks whose path now belongs to another file.
void remove_replaced(Store& store, const KnownTracks& known, std::span<const KnownTracks::Number> replaced);

}  // namespace echofold
