// Pictures in the form of each kind of tag. Only for engine/tag.
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

/// @return owned by the caller, until a tag of TagLib takes it over
TagLib::FLAC::Picture* to_flac(const TagPicture& picture);
void add_to_id3(TagLib::ID3v2::Tag& tag, const TagPicture& picture);
void add_to_asf(TagLib::ASF::Tag& tag, const TagPicture& picture);
void add_to_ape(TagLib::APE::Tag& tag, const TagPicture& picture);

}  // namespace echofold
