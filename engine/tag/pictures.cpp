// Reads pictures from all kinds of tags, and writes them to each.
#include "engine/tag/pictures.h"

#include <apetag.h>
#include <asffile.h>
#include <asfpicture.h>
#include <asftag.h>
#include <attachedpictureframe.h>
#include <flacfile.h>
#include <flacpicture.h>
#include <id3v2tag.h>
#include <mp4coverart.h>
#include <mp4file.h>
#include <mp4tag.h>
#include <xiphcomment.h>

namespace echofold {
namespace {

using TagLib::ByteVector;
using TagLib::String;

constexpr const char* ape_cover = "COVER ART (FRONT)";

TagPicture from_flac(const TagLib::FLAC::Picture& picture) {
  return {picture.mimeType().to8Bit(true), picture.description().to8Bit(true), picture.type(),
          picture.data()};
}

template <class Pictures>
std::vector<TagPicture> all_of(const Pictures& pictures) {
  std::vector<TagPicture> out;
  for (const TagLib::FLAC::Picture* picture : pictures) out.push_back(from_flac(*picture));
  return out;
}

std::vector<TagPicture> of_id3(const TagLib::ID3v2::Tag& tag) {
  std::vector<TagPicture> out;
  for (const TagLib::ID3v2::Frame* frame : tag.frameList("APIC"))
    if (const auto* picture = dynamic_cast<const TagLib::ID3v2::AttachedPictureFrame*>(frame))
      out.push_back({picture->mimeType().to8Bit(true), picture->description().to8Bit(true), picture->type(),
                     picture->picture()});
  return out;
}

std::string mime_of(TagLib::MP4::CoverArt::Format format) {
  return format == TagLib::MP4::CoverArt::PNG ? "image/png" : "image/jpeg";
}

std::vector<TagPicture> of_mp4(const TagLib::MP4::Tag& tag) {
  std::vector<TagPicture> out;
  for (const TagLib::MP4::CoverArt& cover : tag.item("covr").toCoverArtList())
    out.push_back({mime_of(cover.format()), "", 3, cover.data()});
  return out;
}

std::vector<TagPicture> of_asf(const TagLib::ASF::Tag& tag) {
  std::vector<TagPicture> out;
  const auto found = tag.attributeListMap().find("WM/Picture");
  if (found == tag.attributeListMap().end()) return out;
  for (const TagLib::ASF::Attribute& attribute : found->second) {
    const TagLib::ASF::Picture picture = attribute.toPicture();
    if (picture.isValid())
      out.push_back({picture.mimeType().to8Bit(true), picture.description().to8Bit(true), picture.type(),
                     picture.picture()});
  }
  return out;
}

/// The value is a file name that ends with NUL, then the bytes.
std::vector<TagPicture> of_ape(const TagLib::APE::Tag& tag) {
  const auto found = tag.itemListMap().find(ape_cover);
  if (found == tag.itemListMap().end()) return {};
  const ByteVector bytes = found->second.binaryData();
  const int end = bytes.find('\0');
  if (end < 0) return {};
  const ByteVector data = bytes.mid(static_cast<unsigned>(end) + 1);
  return {{data.startsWith("\x89PNG") ? "image/png" : "image/jpeg", "", 3, data}};
}

}  // namespace

TagLib::FLAC::Picture* to_flac(const TagPicture& picture) {
  auto* made = new TagLib::FLAC::Picture;  // NOLINT: the tag owns it
  made->setMimeType(String(picture.mime, String::UTF8));
  made->setDescription(String(picture.description, String::UTF8));
  made->setType(static_cast<TagLib::FLAC::Picture::Type>(picture.type));
  made->setData(picture.data);
  return made;
}

void add_to_id3(TagLib::ID3v2::Tag& tag, const TagPicture& picture) {
  auto* frame = new TagLib::ID3v2::AttachedPictureFrame;  // NOLINT: the tag owns it
  frame->setMimeType(String(picture.mime, String::UTF8));
  frame->setTextEncoding(String::UTF8);
  frame->setDescription(String(picture.description, String::UTF8));
  frame->setType(static_cast<TagLib::ID3v2::AttachedPictureFrame::Type>(picture.type));
  frame->setPicture(picture.data);
  tag.addFrame(frame);
}

void add_to_asf(TagLib::ASF::Tag& tag, const TagPicture& picture) {
  TagLib::ASF::Picture made;
  made.setMimeType(String(picture.mime, String::UTF8));
  made.setDescription(String(picture.description, String::UTF8));
  made.setType(static_cast<TagLib::ASF::Picture::Type>(picture.type));
  made.setPicture(picture.data);
  tag.addAttribute("WM/Picture", TagLib::ASF::Attribute(made));
}

void add_to_ape(TagLib::APE::Tag& tag, const TagPicture& picture) {
  ByteVector bytes(picture.mime == "image/png" ? "Cover Art (Front).png" : "Cover Art (Front).jpg");
  bytes.append('\0');
  bytes.append(picture.data);
  tag.setItem(ape_cover, TagLib::APE::Item(ape_cover, bytes, true));
}

std::vector<TagPicture> TagFile::pictures() const {
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file_.get())) return all_of(flac->pictureList());
  TagLib::Tag* tag = main_tag();
  if (auto* xiph = dynamic_cast<TagLib::Ogg::XiphComment*>(tag)) return all_of(xiph->pictureList());
  if (const auto* id3 = dynamic_cast<TagLib::ID3v2::Tag*>(tag)) return of_id3(*id3);
  if (const auto* mp4 = dynamic_cast<TagLib::MP4::Tag*>(tag)) return of_mp4(*mp4);
  if (const auto* asf = dynamic_cast<TagLib::ASF::Tag*>(tag)) return of_asf(*asf);
  if (const auto* ape = dynamic_cast<TagLib::APE::Tag*>(tag)) return of_ape(*ape);
  return {};
}

}  // namespace echofold
