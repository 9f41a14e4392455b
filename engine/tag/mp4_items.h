// The items of an MP4's tag as bytes, and new ones. Only for engine/tag.
#pragma once

#include <tpropertymap.h>

#include <string>
#include <vector>

#include "engine/tag/mp4_atoms.h"
#include "engine/tag/tag_file.h"
#include "engine/tag/tag_part.h"

namespace echofold {

/// The name of an atom as UTF-8: "©nam".
std::string shown_mp4_name(const std::string& name);

/// Each item as it is, with its header. @param ilst  the atom around them. @throws Error Fault::damaged, Fault::io
std::vector<TagPart> mp4_items_in(const FileBytes& file, const Mp4Atom& ilst);

/// New items, with Picard's names. A track, disc or BPM that is not a number has none: the format can't hold it.
std::vector<TagPart> new_mp4_items(const TagLib::PropertyMap& values,
                                   const std::vector<TagPicture>& pictures);

std::string mp4_atom_of(const std::string& name, const std::string& body);

}  // namespace echofold
