// All lengths have 32 bits, little-endian.
#include "engine/tag/vorbis_comments.h"

#include "engine/tag/file_bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

std::string_view take(std::string_view& rest, std::uint64_t count) {
  if (count > rest.size()) throw Error(Fault::damaged, "its Vorbis comments are cut");
  const std::string_view taken = rest.substr(0, count);
  rest.remove_prefix(count);
  return taken;
}

std::uint64_t take_number(std::string_view& rest) { return little_endian(take(rest, 4)); }

std::string number(std::size_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

TagPart comment_of(std::string_view bytes) {
  const std::string name = upper_ascii(bytes.substr(0, bytes.find('=')));
  return {"Vorbis comments", name, property_of_part(TagKind::vorbis, name), std::string(bytes)};
}

}  // namespace

VorbisComments parse_vorbis_comments(std::string_view bytes) {
  VorbisComments parsed;
  parsed.vendor = take(bytes, take_number(bytes));
  for (std::uint64_t left = take_number(bytes); left > 0; --left)
    parsed.comments.push_back(comment_of(take(bytes, take_number(bytes))));
  parsed.behind = bytes;
  return parsed;
}

std::string render_vorbis_comments(const VorbisComments& comments) {
  std::string bytes = number(comments.vendor.size()) + comments.vendor + number(comments.comments.size());
  for (const TagPart& comment : comments.comments) {
    bytes += number(comment.bytes.size());
    bytes += comment.bytes;
  }
  return bytes + comments.behind;
}

TagPart vorbis_comment(const std::string& key, const std::string& value) {
  return comment_of(key + "=" + value);
}

}  // namespace echofold
