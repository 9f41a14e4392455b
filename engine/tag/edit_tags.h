// Changes tags part by part: every byte of a part that is not asked for stays. Only for engine/tag.
#pragma once

#include <tpropertymap.h>

#include <vector>

#include "engine/tag/tag_file.h"

namespace echofold {

/// What is to become of the tags of one file.
struct TagEdit {
  TagLib::PropertyMap asked;  ///< no values: taken away
  /// As the tag that counts in this format holds it: "3/12" is two fields in Vorbis comments and "3" in ASF. A tag that is
  /// new, or has none, also gets what the others say, so that it hides nothing.
  TagLib::PropertyMap main;
  std::vector<TagPicture> pictures;  ///< are added
};

/// @param file  as it is before the change. @throws Error Fault::damaged
TagEdit tag_edit_of(int file, TagFormat format, const TagLib::PropertyMap& values,
                    const std::vector<TagPicture>& pictures);

/// Writes it. A further tag that the file has (ID3v1, APE, ID3v2) follows as far as it can hold the values; ID3v2 keeps its
/// version, a new one is 2.4. ASF is written by TagLib, all else byte by byte.
/// @param copy  open for reading and writing
/// @throws Error Fault::unsupported for a file whose tags can't be changed without loss, Fault::damaged, Fault::io
void edit_tags(int copy, TagFormat format, const TagEdit& edit);

}  // namespace echofold
