// The packet begins with "\3vorbis", "OpusTags", or the header of a FLAC block.
#include "engine/tag/ogg_comments.h"

#include "engine/tag/flac_blocks.h"
#include "index/base/error.h"

namespace echofold {
namespace {

std::string_view head_of(std::string_view packet, TagFormat format) {
  std::string_view head = "OpusTags";
  if (format == TagFormat::ogg_vorbis) head = "\3vorbis";
  if (format == TagFormat::ogg_flac) {
    const bool comments = packet.size() >= flac_head_bytes && (packet[0] & 0x7f) == FlacBlock::comments &&
                          big_endian(packet.substr(1, 3)) == packet.size() - flac_head_bytes;
    if (comments) return packet.substr(0, flac_head_bytes);
  } else if (packet.starts_with(head)) {
    return head;
  }
  throw Error(Fault::damaged, "its second packet holds no comments");
}

}  // namespace

VorbisComments parse_ogg_comments(std::string_view packet, TagFormat format) {
  return parse_vorbis_comments(packet.substr(head_of(packet, format).size()));
}

std::string render_ogg_comments(std::string_view packet, TagFormat format, const VorbisComments& comments) {
  std::string head(head_of(packet, format));
  const std::string body = render_vorbis_comments(comments);
  if (format == TagFormat::ogg_flac) {
    if (body.size() >= std::size_t{1} << 24)
      throw Error(Fault::unsupported, "its comments would get too large");
    for (std::size_t i = 0; i < 3; ++i) head[1 + i] = static_cast<char>(body.size() >> (16 - 8 * i) & 0xff);
  }
  return head + body;
}

}  // namespace echofold
