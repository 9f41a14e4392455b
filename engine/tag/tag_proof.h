// What a file's tags and audio must be after a change: compared with the file before it takes its place.
#pragma once

#include <set>
#include <string>

#include "engine/tag/tag_file.h"
#include "index/error.h"

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

/// Checks the copy against the file: the audio is the same byte for byte, every property but `changed` has
/// its values, every picture and every frame without a property is still there. @return what the copy has now
/// @throws Error Fault::damaged with what is not so, Fault::io
TagLib::PropertyMap require_rest_unchanged(int file, int copy, TagFormat format,
                                           const std::set<std::string>& changed);

}  // namespace echofold
