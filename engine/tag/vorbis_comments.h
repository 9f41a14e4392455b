// Vorbis comments as bytes: parsed, and rendered again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/tag_part.h"

namespace echofold {

struct VorbisComments {
  std::string vendor;
  std::vector<TagPart> comments;  ///< each as it is, in any encoding
  std::string
      behind;  ///< the bytes after the last one: the framing bit of Vorbis, what RFC 7845 preserves in Opus
};

/// @param bytes  begin at the length of the vendor's name
/// @throws Error Fault::damaged if a length is wrong
VorbisComments parse_vorbis_comments(std::string_view bytes);
std::string render_vorbis_comments(const VorbisComments& comments);

/// One comment. @param key  in ASCII
TagPart vorbis_comment(const std::string& key, const std::string& value);

}  // namespace echofold
