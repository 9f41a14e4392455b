// Vorbis comments as bytes: taken apart and put together again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/tag_part.h"

namespace echofold {

struct VorbisComments {
  std::string vendor;
  std::vector<TagPart> comments;  ///< each as it is, in whatever encoding
  std::string behind;  ///< what follows the last one: Vorbis' framing bit, what RFC 7845 keeps in Opus
};

/// @param bytes  from the length of the vendor's name on
/// @throws Error Fault::damaged where a length is off
VorbisComments parse_vorbis_comments(std::string_view bytes);
std::string render_vorbis_comments(const VorbisComments& comments);

/// One comment. @param key  of ASCII
TagPart vorbis_comment(const std::string& key, const std::string& value);

}  // namespace echofold
