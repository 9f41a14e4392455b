// An ID3v2 tag as bytes: parsed into frames, and rendered again. No byte between them is ignored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/tag_part.h"

namespace echofold {

struct Id3v2Frames {
  int version = 4;  ///< 2, 3 or 4
  int revision = 0;
  unsigned flags = 0;           ///< of the header
  std::vector<TagPart> frames;  ///< each with its header; of 2.2 and 2.3 without the tag's unsynchronisation
};

/// @param tag  whole, with header and footer
/// @throws Error Fault::unsupported unless every byte is understood: for an extended or compressed tag, gaps between
///               frames, and bytes after them that are not padding
Id3v2Frames parse_id3v2(std::string_view tag);

/// @param whole_bytes  the wanted length of the tag: padding fills it up, if the frames leave space
/// @throws Error Fault::unsupported if it becomes too large
std::string render_id3v2(const Id3v2Frames& tag, std::uint64_t whole_bytes);

/// The frame in the form of ID3v2.2. @param frame  of 2.3. @throws Error Fault::unsupported if 2.2 has no such frame
TagPart as_id3v22(const TagPart& frame);

}  // namespace echofold
