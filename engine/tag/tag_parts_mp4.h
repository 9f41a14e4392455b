// The tag parts of an MP4 file.
#pragma once

#include <vector>

#include "engine/tag/file_bytes.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// Adds the items of its tag, and every atom that is neither audio nor leads to it. @throws Error as tag_parts
void add_mp4_parts(std::vector<TagPart>& parts, const FileBytes& file);

}  // namespace echofold
