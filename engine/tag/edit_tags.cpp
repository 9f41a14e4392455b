// Works from the end of the file to its start, so that no known position moves.
#include "engine/tag/edit_tags.h"

#include <algorithm>
#include <string>

#include "engine/tag/ape_items.h"
#include "engine/tag/edit_flac.h"
#include "engine/tag/edit_mp4.h"
#include "engine/tag/file_splice.h"
#include "engine/tag/id3v1_fields.h"
#include "engine/tag/id3v2_frames.h"
#include "engine/tag/new_parts.h"
#include "engine/tag/ogg_comments.h"
#include "engine/tag/payload_ogg.h"
#include "engine/tag/tag_ranges.h"
#include "index/base/error.h"

namespace echofold {
namespace {

bool is_vorbis(TagFormat format) {
  return format == TagFormat::flac || format == TagFormat::ogg_vorbis || format == TagFormat::ogg_opus ||
         format == TagFormat::ogg_flac;
}

/// Vorbis comments have the total in fields of its own, ASF has none.
void split_count(TagLib::PropertyMap& values, const char* number, const char* total,
                 const char* other_total) {
  const auto found = values.find(number);
  if (found == values.end() || found->second.isEmpty()) return;
  const TagLib::StringList parts = found->second.front().split("/");
  if (parts.size() != 2) return;
  found->second = parts[0];
  if (total == nullptr) return;
  values.replace(total, parts[1]);
  values.replace(other_total, parts[1]);
}

/// The only tag of this kind. @throws Error Fault::unsupported if there are several
const TagRange* one_of(const std::vector<TagRange>& tags, const char* kind) {
  if (tags.size() > 1)
    throw Error(Fault::unsupported, std::string("it has more than one ") + kind + " tag; it stays as it is");
  return tags.empty() ? nullptr : &tags.front();
}

void edit_id3v1(int fd, const FileBytes& file, const TagRange& range, const TagLib::PropertyMap& values) {
  std::string tag = file.at(range.begin, range.end - range.begin);
  for (const auto& [name, list] : values) {
    TagLib::String value = list.isEmpty() ? TagLib::String() : list.front();
    const std::string property = name.to8Bit(true);
    if (property == "TRACKNUMBER") value = value.split("/").front();
    if (property == "DATE") value = value.substr(0, 4);
    // It only holds Latin-1: an empty field is better than an outdated one.
    set_id3v1_field(tag, property, value.isLatin1() ? value.to8Bit(false) : "");
  }
  replace_range(fd, range.begin, range.end, tag);
}

/// An empty APE tag.
ApeItems empty_ape() {
  std::string end("APETAGEX\xd0\x07\0\0", 12);
  end += std::string(8, '\0');  // filled in when it is rendered
  const std::string rest(8, '\0');
  return {end + std::string("\0\0\0\xa0", 4) + rest, {}, end + std::string("\0\0\0\x80", 4) + rest};
}

void edit_ape(int fd, const FileBytes& file, const TagRange& range, const TagLib::PropertyMap& values,
              const std::vector<TagPicture>& pictures) {
  ApeItems tag =
      range.begin == range.end ? empty_ape() : parse_ape(file.at(range.begin, range.end - range.begin));
  replace_parts(tag.items, values, new_ape_items(values, pictures));
  replace_range(fd, range.begin, range.end, render_ape(tag));
}

void edit_id3v2(int fd, const FileBytes& file, const TagRange& range, const TagLib::PropertyMap& values,
                const std::vector<TagPicture>& pictures) {
  constexpr unsigned unsynchronised = 0x80;
  const std::uint64_t size = range.end - range.begin;
  Id3v2Frames tag = size == 0 ? Id3v2Frames{} : parse_id3v2(file.at(range.begin, size));
  if (!pictures.empty() && tag.version == 4 && (tag.flags & unsynchronised) != 0)
    throw Error(Fault::unsupported, "its ID3v2 tag is unsynchronised; no picture is added");
  replace_parts(tag.frames, values, new_id3v2_frames(values, pictures, tag.version));
  replace_range(fd, range.begin, range.end, render_id3v2(tag, size));
}

/// Changes files whose audio lies between tags: ID3v2 before it, APE and ID3v1 after it.
void edit_outer(int fd, TagFormat format, const TagEdit& edit) {
  const FileBytes file(fd);
  const TagRanges ranges = tag_ranges_of(file);
  const std::vector<TagRange> id3v1s = ranges.of(TagRange::Kind::id3v1);
  const std::vector<TagRange> apes = ranges.of(TagRange::Kind::ape);
  const std::vector<TagRange> id3v2s = ranges.of(TagRange::Kind::id3v2);
  const TagRange* id3v1 = one_of(id3v1s, "ID3v1");
  const TagRange* ape = one_of(apes, "APE");
  const TagRange* id3v2 = one_of(id3v2s, "ID3v2");
  const bool main_is_ape = format != TagFormat::mpeg && format != TagFormat::flac;
  if (main_is_ape && id3v2 != nullptr && ape == nullptr)
    throw Error(Fault::unsupported, "its ID3v2 tag would be hidden behind a new APE tag; it stays as it is");
  if (format == TagFormat::flac && ape != nullptr)
    throw Error(Fault::unsupported, "it has an APE tag, which no FLAC should have; it stays as it is");

  // An APE tag should come before an ID3v1 tag, but a file may have them in any order. If the last one is changed
  // first, the beginning of the other one does not move.
  const auto change_ape = [&] {
    const TagRange at = ape != nullptr ? *ape : TagRange{TagRange::Kind::ape, ranges.end, ranges.end};
    if (main_is_ape)
      edit_ape(fd, file, at, edit.main, edit.pictures);
    else if (ape != nullptr)
      edit_ape(fd, file, at, edit.asked, {});
  };
  if (id3v1 != nullptr && ape != nullptr && ape->begin > id3v1->begin) change_ape();
  if (id3v1 != nullptr) edit_id3v1(fd, file, *id3v1, edit.asked);
  if (ape == nullptr || id3v1 == nullptr || ape->begin < id3v1->begin) change_ape();
  if (format == TagFormat::flac) edit_flac(fd, edit);
  if (format == TagFormat::mpeg)
    edit_id3v2(fd, file, id3v2 != nullptr ? *id3v2 : TagRange{}, edit.main, edit.pictures);
  else if (id3v2 != nullptr)
    edit_id3v2(fd, file, *id3v2, edit.asked, {});
}

void edit_ogg(int fd, TagFormat format, const TagEdit& edit) {
  StreamHash unused;
  const std::string packet = add_ogg_payload(unused, FileBytes(fd));
  VorbisComments comments = parse_ogg_comments(packet, format);
  replace_parts(comments.comments, edit.main, new_vorbis_comments(edit.main, edit.pictures));
  TagFile(fd, format).save_comment_packet(render_ogg_comments(packet, format, comments));
}

}  // namespace

TagEdit tag_edit_of(int file, TagFormat format, const TagLib::PropertyMap& values,
                    const std::vector<TagPicture>& pictures) {
  TagEdit edit{values, values, pictures};
  if (is_vorbis(format)) {
    split_count(edit.main, "TRACKNUMBER", "TRACKTOTAL", "TOTALTRACKS");
    split_count(edit.main, "DISCNUMBER", "DISCTOTAL", "TOTALDISCS");
  } else if (format == TagFormat::asf) {
    split_count(edit.main, "TRACKNUMBER", nullptr, nullptr);
  }
  const TagFile tags(file, format);
  if (!tags.main_tag_says_nothing()) return edit;
  for (const auto& [name, list] : tags.properties())
    if (!edit.main.contains(name)) edit.main.insert(name, list);
  return edit;
}

void edit_tags(int copy, TagFormat format, const TagEdit& edit) {
  switch (format) {
    case TagFormat::mpeg:
    case TagFormat::flac:
    case TagFormat::ape:
    case TagFormat::wavpack:
    case TagFormat::musepack:
      return edit_outer(copy, format, edit);
    case TagFormat::ogg_vorbis:
    case TagFormat::ogg_opus:
    case TagFormat::ogg_flac:
      return edit_ogg(copy, format, edit);
    case TagFormat::mp4:
      return edit_mp4(copy, edit);
    case TagFormat::asf:
      return TagFile(copy, format).change_asf(edit.main, edit.pictures);
  }
}

}  // namespace echofold
