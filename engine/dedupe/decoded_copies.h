// A lossless file that is nothing but the decoded samples of a lossy copy beside it.
#pragma once

#include <string>

#include "engine/dedupe/rank.h"
#include "index/model/heard.h"
#include "index/model/record.h"

namespace echofold {

/// True if it is proved that `lossless` was decoded from `lossy` (is_proved_decode() in index/pair/hearing.h). Then it
/// sounds as the lossy one does, and nothing is lost with it. False in any doubt, and for any other pair of formats.
/// @param heard  of both, in any order
bool is_decoded_from(const TrackRecord& lossless, const TrackRecord& lossy, const Heard& heard) noexcept;

/// Whether the second is proved to be decoded from the first, or from a file with the same audio.
bool is_source_of(const Ranked& source, const Ranked& copy) noexcept;

/// "decoded from this very MP3"
std::string decoded_text(const TrackRecord& lossy);

/// Of two files that were listened to: "the FLAC is decoded from this very MP3"; empty if that is not proved.
std::string decoded_text(const TrackRecord& a, const TrackRecord& b, const Heard& heard);

}  // namespace echofold
