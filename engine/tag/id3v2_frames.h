// An ID3v2 tag as bytes: taken apart into frames and put together again, with nothing in between that is not seen.
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
  std::vector<TagPart> frames;  ///< each with its head; of 2.2 and 2.3 without the tag's unsynchronisation
};

/// @param tag  whole, with header and footer
/// @throws Error Fault::unsupported for what is not understood to its last byte: an extended or compressed tag, frames that
///               do not follow each other, something behind them that is no padding
Id3v2Frames parse_id3v2(std::string_view tag);

/// @param whole_bytes  how long the tag should be: padding fills it, where it has room for that
/// @throws Error Fault::unsupported when it gets too large
std::string render_id3v2(const Id3v2Frames& tag, std::uint64_t whole_bytes);

/// The frame in the form of ID3v2.2. @param frame  of 2.3. @throws Error Fault::unsupported where 2.2 has no such frame
TagPart as_id3v22(const TagPart& frame);

}  // namespace echofold
