// One found file in, one record with its items out; never an exception for what is wrong with the file.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/audio/read_track.h"
#include "engine/library/walk.h"
#include "index/fingerprint.h"
#include "index/record.h"

namespace echofold {

struct FingerprintedFile {
  TrackRecord record;
  std::vector<Item> items;
};

/// Opens, checks and fingerprints `file`, by `reader`.
///
/// A file whose content is at fault gives a `failed` record with its stamp: it is tried again when it
/// changes. One that could not be opened or read, or that changed meanwhile, gives a `failed` record without
/// a stamp: it is tried again by every scan.
/// @return nothing when `stop` was requested before the file was through
/// Thread-safe.
std::optional<FingerprintedFile> fingerprint_file(const FoundFile& file, const TrackReader& reader,
                                                  const ReadSettings& settings, const std::stop_token& stop);

}  // namespace echofold
