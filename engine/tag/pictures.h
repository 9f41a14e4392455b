// Pictures as each kind of tag keeps them. Only for engine/tag.
#pragma once

#include "engine/tag/tag_file.h"

namespace TagLib {
namespace APE {
class Tag;
}
namespace ASF {
class Tag;
}
namespace FLAC {
class Picture;
}
namespace ID3v2 {
class Tag;
}
}  // namespace TagLib

namespace echofold {

/// @return what a tag of TagLib's takes over, or the caller owns
TagLib::FLAC::Picture* to_flac(const TagPicture& picture);
void add_to_id3(TagLib::ID3v2::Tag& tag, const TagPicture& picture);
void add_to_asf(TagLib::ASF::Tag& tag, const TagPicture& picture);
void add_to_ape(TagLib::APE::Tag& tag, const TagPicture& picture);

}  // namespace echofold
