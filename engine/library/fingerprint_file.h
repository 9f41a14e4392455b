// Turns one found file into one record with its items. Never throws for what is wrong with the file.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/audio/read_track.h"
#include "engine/library/walk.h"
#include "index/model/fingerprint.h"
#include "index/model/record.h"
#include "index/model/speed_variants.h"

namespace echofold {

struct FingerprintedFile {
  /// All but `decoded` have the payload of a known track.
  enum class Origin : std::uint8_t {
    decoded,
    same_place,  ///< only tags or the like have changed
    moved,       ///< the track's file is no longer at its path; record.id is that track
    copied       ///< of a track whose file is still at its path
  };
  TrackRecord record;
  std::vector<Item> items;
  std::optional<SpeedVariants> variants;  ///< with ReadSettings::speed_percent, of a track with a fingerprint
  Origin origin = Origin::decoded;
  bool failed_before = false;  ///< in the same way, as far as can be determined
};

/// Opens, checks and fingerprints `file` with `reader`.
///
/// A file whose content is faulty gives a `failed` record with its stamp: it is tried again when it changes. A file
/// that could not be opened or read, or that changed meanwhile, gives a `failed` record without a stamp: every scan
/// tries it again.
/// With ReadSettings::payload_only there are no items, and of the record only path, stamp, tags, container and
/// payload are valid. If the payload is unknown, the file cannot be recognised by it.
/// @return nothing if `stop` was requested before the file was complete
/// Thread-safe.
std::optional<FingerprintedFile> fingerprint_file(const FoundFile& file, const TrackReader& reader,
                                                  const ReadSettings& settings, const std::stop_token& stop);

}  // namespace echofold
