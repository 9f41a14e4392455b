// Values and pictures as parts of a tag: what is put beside the parts that stay. Only for engine/tag.
#pragma once

#include <tpropertymap.h>

#include <vector>

#include "engine/tag/tag_file.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// @param version  of the tag: 2, 3 or 4. @throws Error Fault::unsupported where it can't hold one
std::vector<TagPart> new_id3v2_frames(const TagLib::PropertyMap& values,
                                      const std::vector<TagPicture>& pictures, int version);
std::vector<TagPart> new_ape_items(const TagLib::PropertyMap& values,
                                   const std::vector<TagPicture>& pictures);
/// @param pictures  in a comment each
std::vector<TagPart> new_vorbis_comments(const TagLib::PropertyMap& values,
                                         const std::vector<TagPicture>& pictures);
/// The body of a FLAC block.
std::string new_flac_picture(const TagPicture& picture);

/// Takes away the parts that hold a property of `values` and puts `more` in front of the others.
void replace_parts(std::vector<TagPart>& parts, const TagLib::PropertyMap& values,
                   const std::vector<TagPart>& more);

}  // namespace echofold
