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
/// @param property  of one of id3v1_fields(); any other is ignored, and so is a track number if the tag has no field
/// for it
/// @param latin1    the new value; for TRACKNUMBER a decimal number
void set_id3v1_field(std::string& tag, std::string_view property, std::string_view latin1);

}  // namespace echofold
