// An ID3v1 tag: fields at fixed places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/tag_part.h"

namespace echofold {

/// @param tag  its 128 bytes
std::vector<TagPart> id3v1_fields(std::string_view tag);

/// Puts a value into a field, cut to what it can hold; all other bytes stay.
/// @param property  of one of id3v1_fields(); all others are ignored, and so is a number of a tag that has none
/// @param latin1    what stands there from now on; of TRACKNUMBER a number of decimal digits
void set_id3v1_field(std::string& tag, std::string_view property, std::string_view latin1);

}  // namespace echofold
