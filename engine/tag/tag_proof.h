// Proves that a copy with changed tags differs from the file in nothing else, before it takes the file's place.
#pragma once

#include <string>

#include "engine/audio/read_track.h"
#include "engine/tag/edit_tags.h"
#include "index/base/error.h"

namespace echofold {

/// Runs `job`. Any exception other than an Error (from TagLib, or for lack of memory) concerns this file alone and
/// becomes an Error, so that it does not end the run.
template <class Job>
auto guarded(Job job) {
  try {
    return job();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {
    throw Error(Fault::damaged, std::string("its tags can't be written: ") + e.what());
  }
}

/// True if the property has the value, as far as the format can hold it: "03" equals "3" if the format stores
/// numbers, the total is a field of its own in Vorbis comments and lost in ASF, and ID3v2.3 has no month without a
/// day.
bool holds(const TagLib::PropertyMap& properties, const char* name, const std::string& wanted);

/// Compares the copy with the file. The audio must be the same byte for byte. So must every part of the tags that the
/// edit does not name, and no other part may be new (tag_parts.h). libav must decode both to the same samples, and
/// read the same tags, pictures, chapters and dispositions, except those that the edit names (listing_proof.h).
/// @param read  decodes both files, in a jail
/// @return      the properties that the copy has now
/// @throws Error Fault::damaged, naming what differs, Fault::unsupported unless every byte is understood, Fault::io
TagLib::PropertyMap require_rest_unchanged(int file, int copy, TagFormat format, const TagEdit& edit,
                                           const TrackReader& read);

}  // namespace echofold
