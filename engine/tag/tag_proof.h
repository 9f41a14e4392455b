// What a file's tags and audio must be after a change: compared with the file before it takes its place.
#pragma once

#include <string>

#include "engine/audio/read_track.h"
#include "engine/tag/edit_tags.h"
#include "index/base/error.h"

namespace echofold {

/// What TagLib, or a lack of memory, throws beside an Error concerns this file alone and does not end the
/// run.
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

/// True when the property has the value, as far as the format can hold it: "03" is "3" where numbers are
/// numbers, the count is a field of its own in Vorbis comments and lost in ASF, ID3v2.3 has no months alone.
bool holds(const TagLib::PropertyMap& properties, const char* name, const std::string& wanted);

/// Checks the copy against the file. The audio is the same byte for byte; so is every part of the tags that the edit does
/// not name, and nothing is new that it does not name (tag_parts.h). libav decodes both to the same samples, and reads the
/// same tags, pictures, chapters and dispositions but for those that the edit names (listing_proof.h).
/// @param read  in a jail: decodes both files
/// @return      the properties that the copy has now
/// @throws Error Fault::damaged with what is not so, Fault::unsupported where not every byte is understood, Fault::io
TagLib::PropertyMap require_rest_unchanged(int file, int copy, TagFormat format, const TagEdit& edit,
                                           const TrackReader& read);

}  // namespace echofold
