// The tag parts of an ASF file.
#pragma once

#include <vector>

#include "engine/tag/file_bytes.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// Adds each descriptor of its tags, and every other object of its header. @throws Error as tag_parts
void add_asf_parts(std::vector<TagPart>& parts, const FileBytes& file);

}  // namespace echofold
