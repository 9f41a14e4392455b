// Outer tags, blocks of FLAC and packets of Ogg; MP4 and ASF have sources of their own.
#include "engine/tag/tag_parts.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "engine/tag/ape_items.h"
#include "engine/tag/file_bytes.h"
#include "engine/tag/flac_blocks.h"
#include "engine/tag/id3v1_fields.h"
#include "engine/tag/id3v2_frames.h"
#include "engine/tag/ogg_comments.h"
#include "engine/tag/payload_ogg.h"
#include "engine/tag/tag_parts_asf.h"
#include "engine/tag/tag_parts_mp4.h"
#include "engine/tag/tag_ranges.h"
#include "engine/tag/vorbis_comments.h"
#include "index/base/error.h"

namespace echofold {
namespace {

/// Each further tag of a kind gets a place of its own.
void add_all(std::vector<TagPart>& parts, std::vector<TagPart> more, std::size_t nth) {
  for (TagPart& part : more) {
    if (nth > 0) part.place = fmt::format("{} {}", part.place, nth + 1);
    parts.push_back(std::move(part));
  }
}

std::vector<TagPart> parts_of_id3v2(std::string_view bytes) {
  Id3v2Frames tag = parse_id3v2(bytes);
  const std::string head{static_cast<char>(tag.version), static_cast<char>(tag.revision),
                         static_cast<char>(tag.flags)};
  tag.frames.push_back({"ID3v2", "header", "*", head});
  return tag.frames;
}

std::vector<TagPart> parts_of_ape(std::string_view bytes) {
  ApeItems tag = parse_ape(bytes);
  for (const std::string& end : {tag.header, tag.footer})
    if (!end.empty()) tag.items.push_back({"APE", "header", "*", end.substr(8, 4) + end.substr(20)});
  return tag.items;
}

std::vector<TagPart> parts_of_comments(const VorbisComments& comments) {
  std::vector<TagPart> parts = comments.comments;
  parts.push_back({"Vorbis comments", "vendor", "*", comments.vendor});
  parts.push_back({"Vorbis comments", "what follows them", "*", comments.behind});
  return parts;
}

/// Adds the parts of the tags before and after the audio.
void add_outer_parts(std::vector<TagPart>& parts, const FileBytes& file) {
  std::array<std::size_t, 3> counts{};
  for (const TagRange& range : tag_ranges_of(file).tags) {
    const std::string bytes = file.at(range.begin, range.end - range.begin);
    const std::size_t nth = counts[static_cast<std::size_t>(range.kind)]++;
    switch (range.kind) {
      case TagRange::Kind::id3v2:
        add_all(parts, parts_of_id3v2(bytes), nth);
        break;
      case TagRange::Kind::ape:
        add_all(parts, parts_of_ape(bytes), nth);
        break;
      case TagRange::Kind::id3v1:
        add_all(parts, id3v1_fields(bytes), nth);
        break;
    }
  }
}

void add_flac_parts(std::vector<TagPart>& parts, const FileBytes& file) {
  std::size_t comments = 0;
  for (const FlacBlock& block : flac_blocks_of(file)) {
    const std::string body =
        file.at(block.begin + flac_head_bytes, block.end - block.begin - flac_head_bytes);
    if (block.kind == FlacBlock::comments)
      add_all(parts, parts_of_comments(parse_vorbis_comments(body)), comments++);
    else if (block.kind != FlacBlock::stream_info && !block.is_blank(body))
      parts.push_back({"FLAC", block.name(), block.kind == FlacBlock::picture ? "PICTURE" : "", body});
  }
}

void add_ogg_parts(std::vector<TagPart>& parts, const FileBytes& file, TagFormat format) {
  StreamHash unused;
  add_all(parts, parts_of_comments(parse_ogg_comments(add_ogg_payload(unused, file), format)), 0);
}

}  // namespace

std::vector<TagPart> tag_parts(int fd, TagFormat format) {
  const FileBytes file(fd);
  std::vector<TagPart> parts;
  switch (format) {
    case TagFormat::flac:
      add_flac_parts(parts, file);
      [[fallthrough]];
    case TagFormat::mpeg:
    case TagFormat::ape:
    case TagFormat::wavpack:
    case TagFormat::musepack:
      add_outer_parts(parts, file);
      break;
    case TagFormat::ogg_vorbis:
    case TagFormat::ogg_opus:
    case TagFormat::ogg_flac:
      add_ogg_parts(parts, file, format);
      break;
    case TagFormat::mp4:
      add_mp4_parts(parts, file);
      break;
    case TagFormat::asf:
      add_asf_parts(parts, file);
      break;
  }
  return parts;
}

}  // namespace echofold
