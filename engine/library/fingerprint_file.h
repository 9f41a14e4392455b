// One found file in, one record with its items out; never an exception for what is wrong with the file.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/audio/read_track.h"
#include "engine/library/walk.h"
#include "index/model/fingerprint.h"
#include "index/model/record.h"

namespace echofold {

struct FingerprintedFile {
  enum class Origin : std::uint8_t {
    decoded,
    same_place,  ///< the rest: known by its payload. Only tags or the like have changed
    moved,       ///< the track's file has left its path; record.id is that track
    copied       ///< of a track that is where it was
  };
  TrackRecord record;
  std::vector<Item> items;
  Origin origin = Origin::decoded;
  bool failed_before = false;  ///< in the same way, as far as anyone can tell
};

/// Opens, checks and fingerprints `file`, by `reader`.
///
/// A file whose content is at fault gives a `failed` record with its stamp: it is tried again when it
/// changes. One that could not be opened or read, or that changed meanwhile, gives a `failed` record without
/// a stamp: it is tried again by every scan.
/// With ReadSettings::payload_only there are no items, and of the record only path, stamp, tags, container and payload
/// mean anything; a payload that is not known says that the file could not be told so.
/// @return nothing when `stop` was requested before the file was through
/// Thread-safe.
std::optional<FingerprintedFile> fingerprint_file(const FoundFile& file, const TrackReader& reader,
                                                  const ReadSettings& settings, const std::stop_token& stop);

}  // namespace echofold
