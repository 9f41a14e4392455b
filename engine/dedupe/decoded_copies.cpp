// The measurements decide; the formats only say which of the two is the copy.
#include "engine/dedupe/decoded_copies.h"

#include <utility>

#include "engine/dedupe/codec_words.h"
#include "engine/dedupe/exact_copies.h"
#include "index/pair/hearing.h"

namespace echofold {

bool is_decoded_from(const TrackRecord& lossless, const TrackRecord& lossy, const Heard& heard) noexcept {
  return lossless.properties.lossless && !lossy.properties.lossless && lossy.quality.frames_skipped == 0 &&
         is_proved_decode(heard, lossy.properties.bit_rate_bps / 1000.0);
}

bool is_source_of(const Ranked& source, const Ranked& copy) noexcept {
  return copy.source != nullptr &&
         (copy.source->id == source.track->id || same_audio(*copy.source, *source.track));
}

std::string decoded_text(const TrackRecord& lossy) {
  return "decoded from this very " + codec_family(lossy.properties);
}

std::string decoded_text(const TrackRecord& a, const TrackRecord& b, const Heard& heard) {
  for (const auto& [lossless, lossy] : {std::pair{&a, &b}, {&b, &a}})
    if (is_decoded_from(*lossless, *lossy, heard))
      return "the " + codec_family(lossless->properties) + " is " + decoded_text(*lossy);
  return {};
}

}  // namespace echofold
