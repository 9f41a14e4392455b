// One table of precedence by kind of file.
#include "engine/audio/probe_tag_union.h"

#include <apefile.h>
#include <apetag.h>
#include <asftag.h>
#include <flacfile.h>
#include <id3v1tag.h>
#include <id3v2tag.h>
#include <infotag.h>
#include <mp4tag.h>
#include <mpcfile.h>
#include <mpegfile.h>
#include <trueaudiofile.h>
#include <wavfile.h>
#include <wavpackfile.h>
#include <xiphcomment.h>

#include <algorithm>

namespace echofold {
namespace {

std::vector<TagLib::Tag*> all_tags_of(TagLib::File& file) {
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(&file))
    return {mpeg->ID3v2Tag(), mpeg->APETag(), mpeg->ID3v1Tag()};
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(&file))
    return {flac->xiphComment(), flac->ID3v2Tag(), flac->ID3v1Tag()};
  if (auto* wav = dynamic_cast<TagLib::RIFF::WAV::File*>(&file)) return {wav->ID3v2Tag(), wav->InfoTag()};
  if (auto* ape = dynamic_cast<TagLib::APE::File*>(&file)) return {ape->APETag(), ape->ID3v1Tag()};
  if (auto* wavpack = dynamic_cast<TagLib::WavPack::File*>(&file))
    return {wavpack->APETag(), wavpack->ID3v1Tag()};
  if (auto* musepack = dynamic_cast<TagLib::MPC::File*>(&file))
    return {musepack->APETag(), musepack->ID3v1Tag()};
  if (auto* tta = dynamic_cast<TagLib::TrueAudio::File*>(&file)) return {tta->ID3v2Tag(), tta->ID3v1Tag()};
  return {file.tag()};
}

bool is_blank(const TagLib::StringList& values) {
  return std::all_of(values.begin(), values.end(),
                     [](const TagLib::String& value) { return value.stripWhiteSpace().isEmpty(); });
}

}  // namespace

std::vector<TagLib::Tag*> tags_of(TagLib::File& file) {
  std::vector<TagLib::Tag*> tags = all_tags_of(file);
  std::erase_if(tags, [](const TagLib::Tag* tag) { return tag == nullptr || tag->isEmpty(); });
  return tags;
}

/// In TagLib 1 properties() is not virtual, and that of Tag itself knows seven fields.
TagLib::PropertyMap properties_of(const TagLib::Tag& tag) {
  if (const auto* id3 = dynamic_cast<const TagLib::ID3v2::Tag*>(&tag)) return id3->properties();
  if (const auto* xiph = dynamic_cast<const TagLib::Ogg::XiphComment*>(&tag)) return xiph->properties();
  if (const auto* ape = dynamic_cast<const TagLib::APE::Tag*>(&tag)) return ape->properties();
  if (const auto* mp4 = dynamic_cast<const TagLib::MP4::Tag*>(&tag)) return mp4->properties();
  if (const auto* asf = dynamic_cast<const TagLib::ASF::Tag*>(&tag)) return asf->properties();
  return tag.properties();
}

void add_missing(TagLib::PropertyMap& into, const TagLib::PropertyMap& more) {
  for (const auto& [name, values] : more) {
    if (is_blank(values)) continue;
    const auto found = into.find(name);
    if (found == into.end())
      into.insert(name, values);
    else if (is_blank(found->second))
      found->second = values;
  }
}

TagLib::PropertyMap united_properties(TagLib::File& file) {
  TagLib::PropertyMap united;
  for (const TagLib::Tag* tag : tags_of(file)) add_missing(united, properties_of(*tag));
  return united;
}

bool has_picture_in_tags(TagLib::File& file) {
  for (const TagLib::Tag* tag : tags_of(file)) {
    if (const auto* id3 = dynamic_cast<const TagLib::ID3v2::Tag*>(tag))
      if (!id3->frameList("APIC").isEmpty()) return true;
    if (const auto* ape = dynamic_cast<const TagLib::APE::Tag*>(tag))
      if (ape->itemListMap().contains("COVER ART (FRONT)")) return true;
  }
  return false;
}

}  // namespace echofold
