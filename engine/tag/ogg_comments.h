// The comment packet of an Ogg stream: Vorbis comments and the bytes around them.
#pragma once

#include <string>
#include <string_view>

#include "engine/tag/payload.h"
#include "engine/tag/vorbis_comments.h"

namespace echofold {

/// @param packet  the second of the stream
/// @throws Error Fault::damaged, also if it is not a comment packet
VorbisComments parse_ogg_comments(std::string_view packet, TagFormat format);

/// @param packet  the old one: the bytes before the comments stay
/// @throws Error Fault::unsupported if it becomes too large for Ogg FLAC
std::string render_ogg_comments(std::string_view packet, TagFormat format, const VorbisComments& comments);

}  // namespace echofold
