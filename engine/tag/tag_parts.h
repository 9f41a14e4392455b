// Everything of a file that is not its audio, part by part, as bytes: read by the structure of the formats alone, not by
// the library that writes tags.
#pragma once

#include <vector>

#include "engine/tag/payload.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// All that payload_hash() leaves out but padding: frames, items, comments, atoms, objects and blocks, also those of no
/// known kind, and the heads of the tags themselves. A head, and what comes with any new tag, has the property "*".
/// @throws Error Fault::damaged or Fault::unsupported where not every byte is accounted for, Fault::io
std::vector<TagPart> tag_parts(int fd, TagFormat format);

}  // namespace echofold
