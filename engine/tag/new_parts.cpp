// TagLib makes the parts in new tags that hold nothing else.
#include "engine/tag/new_parts.h"

#include <apetag.h>
#include <flacpicture.h>
#include <id3v2tag.h>
#include <textidentificationframe.h>

#include <algorithm>
#include <memory>

#include "engine/tag/ape_items.h"
#include "engine/tag/id3v2_frames.h"
#include "engine/tag/pictures.h"
#include "engine/tag/tag_names.h"
#include "engine/tag/vorbis_comments.h"
#include "index/base/error.h"

namespace echofold {
namespace {

TagLib::PropertyMap without_empty(const TagLib::PropertyMap& values) {
  TagLib::PropertyMap filled;
  for (const auto& [name, list] : values)
    if (!list.isEmpty()) filled.insert(name, list);
  return filled;
}

std::string bytes_of(const TagLib::ByteVector& bytes) { return {bytes.data(), bytes.size()}; }

/// TagLib writes the descriptions in capitals. Picard, and programs that look for its names, don't.
void spell_as_picard(TagLib::ID3v2::Tag& tag) {
  for (TagLib::ID3v2::Frame* frame : tag.frameList("TXXX")) {
    auto* text = dynamic_cast<TagLib::ID3v2::UserTextIdentificationFrame*>(frame);
    if (text == nullptr) continue;
    for (const TagField& field : tag_fields)
      if (field.description != nullptr && text->description() == TagLib::String(field.description).upper())
        text->setDescription(field.description);
  }
}

}  // namespace

std::vector<TagPart> new_id3v2_frames(const TagLib::PropertyMap& values,
                                      const std::vector<TagPicture>& pictures, int version) {
  TagLib::ID3v2::Tag tag;
  tag.setProperties(without_empty(values));
  spell_as_picard(tag);
  for (const TagPicture& picture : pictures) add_to_id3(tag, picture);
  if (tag.isEmpty() && tag.frameList().isEmpty()) return {};
  const auto render_version = version == 4 ? TagLib::ID3v2::v4 : TagLib::ID3v2::v3;
  std::vector<TagPart> frames = parse_id3v2(bytes_of(tag.render(render_version))).frames;
  if (version == 2) std::transform(frames.begin(), frames.end(), frames.begin(), as_id3v22);
  return frames;
}

std::vector<TagPart> new_ape_items(const TagLib::PropertyMap& values,
                                   const std::vector<TagPicture>& pictures) {
  TagLib::APE::Tag tag;
  tag.setProperties(without_empty(values));
  for (const TagPicture& picture : pictures) add_to_ape(tag, picture);
  return tag.itemListMap().isEmpty() ? std::vector<TagPart>{} : parse_ape(bytes_of(tag.render())).items;
}

std::string new_flac_picture(const TagPicture& picture) {
  const std::unique_ptr<TagLib::FLAC::Picture> made(to_flac(picture));
  return bytes_of(made->render());
}

std::vector<TagPart> new_vorbis_comments(const TagLib::PropertyMap& values,
                                         const std::vector<TagPicture>& pictures) {
  std::vector<TagPart> comments;
  for (const auto& [name, list] : values)
    for (const TagLib::String& value : list)
      comments.push_back(vorbis_comment(name.to8Bit(true), value.to8Bit(true)));
  for (const TagPicture& picture : pictures) {
    const std::string bytes = new_flac_picture(picture);
    const TagLib::ByteVector text =
        TagLib::ByteVector(bytes.data(), static_cast<unsigned>(bytes.size())).toBase64();
    comments.push_back(vorbis_comment("METADATA_BLOCK_PICTURE", bytes_of(text)));
  }
  return comments;
}

void replace_parts(std::vector<TagPart>& parts, const TagLib::PropertyMap& values,
                   const std::vector<TagPart>& more) {
  std::erase_if(parts, [&](const TagPart& part) { return values.contains(TagLib::String(part.property)); });
  parts.insert(parts.begin(), more.begin(), more.end());  // some readers stop at an empty frame
}

}  // namespace echofold
