// All of a file that is not audio, as bytes, part by part. It is found by the structure of the formats alone, not by
// the library that writes tags.
#pragma once

#include <vector>

#include "engine/tag/payload.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// All that payload_hash() leaves out, except padding: frames, items, comments, atoms, objects and blocks, also those
/// of unknown kinds, and the headers of the tags. A header, and what comes with any new tag, has the property "*".
/// @throws Error Fault::damaged or Fault::unsupported unless every byte is accounted for, Fault::io
std::vector<TagPart> tag_parts(int fd, TagFormat format);

}  // namespace echofold
