// The packet of comments of an Ogg stream: what stands around the Vorbis comments in it.
#pragma once

#include <string>
#include <string_view>

#include "engine/tag/payload.h"
#include "engine/tag/vorbis_comments.h"

namespace echofold {

/// @param packet  the second of the stream
/// @throws Error Fault::damaged, also where it is no packet of comments
VorbisComments parse_ogg_comments(std::string_view packet, TagFormat format);

/// @param packet  as it was: what stands in front of the comments stays
/// @throws Error Fault::unsupported when they get too large for Ogg FLAC
std::string render_ogg_comments(std::string_view packet, TagFormat format, const VorbisComments& comments);

}  // namespace echofold
