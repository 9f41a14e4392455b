// Changes tags part by part: every byte of all other parts stays. Only for engine/tag.
#pragma once

#include <tpropertymap.h>

#include <vector>

#include "engine/tag/tag_file.h"

namespace echofold {

/// A change of the tags of one file.
struct TagEdit {
  TagLib::PropertyMap asked;  ///< what was asked for; no values: the property is removed
  /// The same as the tag that counts in this format holds it: "3/12" is two fields in Vorbis comments and "3" in ASF. A
  /// tag that is new or has no properties also gets those of the other tags, so that it hides nothing.
  TagLib::PropertyMap main;
  std::vector<TagPicture> pictures;  ///< to add
};

/// @param file  before the change. @throws Error Fault::damaged
TagEdit tag_edit_of(int file, TagFormat format, const TagLib::PropertyMap& values,
                    const std::vector<TagPicture>& pictures);

/// Writes the change. Further tags of the file (ID3v1, APE, ID3v2) change likewise, as far as they can hold the
/// values. An ID3v2 tag keeps its version, and a new one is 2.4. TagLib writes ASF; everything else is written byte
/// by byte.
/// @param copy  open for reading and writing
/// @throws Error Fault::unsupported if the tags can't be changed without loss, Fault::damaged, Fault::io
void edit_tags(int copy, TagFormat format, const TagEdit& edit);

}  // namespace echofold
