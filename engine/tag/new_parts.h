// New values and pictures as parts of a tag, to be added to the parts that stay. Only for engine/tag.
#pragma once

#include <tpropertymap.h>

#include <vector>

#include "engine/tag/tag_file.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// @param version  of the tag: 2, 3 or 4. @throws Error Fault::unsupported if it can't hold a value
std::vector<TagPart> new_id3v2_frames(const TagLib::PropertyMap& values,
                                      const std::vector<TagPicture>& pictures, int version);
std::vector<TagPart> new_ape_items(const TagLib::PropertyMap& values,
                                   const std::vector<TagPicture>& pictures);
/// @param pictures  each becomes a comment
std::vector<TagPart> new_vorbis_comments(const TagLib::PropertyMap& values,
                                         const std::vector<TagPicture>& pictures);
/// The picture as the body of a FLAC block.
std::string new_flac_picture(const TagPicture& picture);

/// Removes the parts that hold a property of `values`, and puts `more` before the others.
void replace_parts(std::vector<TagPart>& parts, const TagLib::PropertyMap& values,
                   const std::vector<TagPart>& more);

}  // namespace echofold
