// TagLib's properties, with Picard's spelling where TagLib has its own.
#include "engine/tag/tag_file.h"

#include <apefile.h>
#include <apetag.h>
#include <asffile.h>
#include <fcntl.h>
#include <flacfile.h>
#include <id3v1tag.h>
#include <id3v2header.h>
#include <id3v2tag.h>
#include <mp4file.h>
#include <mpcfile.h>
#include <mpegfile.h>
#include <oggflacfile.h>
#include <opusfile.h>
#include <textidentificationframe.h>
#include <tfilestream.h>
#include <unistd.h>
#include <vorbisfile.h>
#include <wavpackfile.h>
#include <xiphcomment.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "engine/audio/probe_tag_union.h"
#include "engine/tag/tag_names.h"
#include "index/error.h"

namespace echofold {
namespace {

std::unique_ptr<TagLib::File> open_as(TagFormat format, TagLib::IOStream* stream) {
  const auto factory = TagLib::ID3v2::FrameFactory::instance();
  switch (format) {
    case TagFormat::mpeg:
      return std::make_unique<TagLib::MPEG::File>(stream, factory, false);
    case TagFormat::flac:
      return std::make_unique<TagLib::FLAC::File>(stream, factory, false);
    case TagFormat::ogg_vorbis:
      return std::make_unique<TagLib::Ogg::Vorbis::File>(stream, false);
    case TagFormat::ogg_opus:
      return std::make_unique<TagLib::Ogg::Opus::File>(stream, false);
    case TagFormat::ogg_flac:
      return std::make_unique<TagLib::Ogg::FLAC::File>(stream, false);
    case TagFormat::mp4:
      return std::make_unique<TagLib::MP4::File>(stream, false);
    case TagFormat::asf:
      return std::make_unique<TagLib::ASF::File>(stream, false);
    case TagFormat::ape:
      return std::make_unique<TagLib::APE::File>(stream, false);
    case TagFormat::wavpack:
      return std::make_unique<TagLib::WavPack::File>(stream, false);
    case TagFormat::musepack:
      break;
  }
  return std::make_unique<TagLib::MPC::File>(stream, false);
}

TagLib::ID3v1::Tag* id3v1_of(TagLib::File* file) {
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file)) return mpeg->ID3v1Tag();
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file)) return flac->ID3v1Tag();
  if (auto* ape = dynamic_cast<TagLib::APE::File*>(file)) return ape->ID3v1Tag();
  if (auto* wavpack = dynamic_cast<TagLib::WavPack::File*>(file)) return wavpack->ID3v1Tag();
  if (auto* musepack = dynamic_cast<TagLib::MPC::File*>(file)) return musepack->ID3v1Tag();
  return nullptr;
}

/// In TagLib 1 these two are no virtual functions, and those of Tag itself know seven fields.
template <class Call>
auto as_its_own_kind(TagLib::Tag* tag, Call call) {
  if (auto* id3 = dynamic_cast<TagLib::ID3v2::Tag*>(tag)) return call(*id3);
  if (auto* xiph = dynamic_cast<TagLib::Ogg::XiphComment*>(tag)) return call(*xiph);
  if (auto* ape = dynamic_cast<TagLib::APE::Tag*>(tag)) return call(*ape);
  if (auto* mp4 = dynamic_cast<TagLib::MP4::Tag*>(tag)) return call(*mp4);
  if (auto* asf = dynamic_cast<TagLib::ASF::Tag*>(tag)) return call(*asf);
  return call(*tag);
}

void set_properties(TagLib::Tag* tag, const TagLib::PropertyMap& properties) {
  as_its_own_kind(tag, [&](auto& own) { return own.setProperties(properties); });
}

TagLib::String first_of(const TagLib::StringList& values) {
  return values.isEmpty() ? TagLib::String() : values.front();
}

TagLib::PropertyMap merged(TagLib::PropertyMap properties, const TagLib::PropertyMap& values) {
  for (const auto& [name, list] : values) {
    properties.erase(name);
    if (!list.isEmpty()) properties.insert(name, list);
  }
  return properties;
}

/// Vorbis comments have the count in fields of their own, ASF has none.
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

/// TagLib writes the descriptions in capitals; Picard, and who looks for them by its names, does not.
void spell_as_picard(TagLib::ID3v2::Tag& tag) {
  for (TagLib::ID3v2::Frame* frame : tag.frameList("TXXX")) {
    auto* text = dynamic_cast<TagLib::ID3v2::UserTextIdentificationFrame*>(frame);
    if (text == nullptr) continue;
    for (const TagField& field : tag_fields)
      if (field.description != nullptr && text->description() == TagLib::String(field.description).upper())
        text->setDescription(field.description);
  }
}

/// What TagLib's properties of MP4 lack, and the freeform items that hold it.
constexpr std::array<std::pair<const char*, const char*>, 6> freeform_items = {{
    {"ACOUSTID_ID", "----:com.apple.iTunes:Acoustid Id"},
    {"ACOUSTID_FINGERPRINT", "----:com.apple.iTunes:Acoustid Fingerprint"},
    {"REPLAYGAIN_TRACK_GAIN", "----:com.apple.iTunes:replaygain_track_gain"},
    {"REPLAYGAIN_TRACK_PEAK", "----:com.apple.iTunes:replaygain_track_peak"},
    {"REPLAYGAIN_ALBUM_GAIN", "----:com.apple.iTunes:replaygain_album_gain"},
    {"REPLAYGAIN_ALBUM_PEAK", "----:com.apple.iTunes:replaygain_album_peak"},
}};

void change_freeform(TagLib::MP4::Tag& tag, const TagLib::PropertyMap& values) {
  for (const auto& [property, item] : freeform_items) {
    const auto found = values.find(property);
    if (found == values.end()) continue;
    if (found->second.isEmpty())
      tag.removeItem(item);
    else
      tag.setItem(item, TagLib::MP4::Item(found->second));
  }
}

void add_freeform(const TagLib::MP4::Tag& tag, TagLib::PropertyMap& properties) {
  for (const auto& [property, item] : freeform_items) {
    if (!tag.contains(item)) continue;
    properties.replace(property, tag.item(item).toStringList());
    TagLib::StringList& rest = properties.unsupportedData();
    if (const auto found = rest.find(item); found != rest.end()) rest.erase(found);
  }
}

}  // namespace

TagFile::TagFile(int fd, TagFormat format) : format_(format) {
  if (lseek(fd, 0, SEEK_SET) != 0) throw system_error(errno, "can't read the file");
  const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) throw system_error(errno, "can't read the file");
  const bool read_only = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY;
  stream_ = std::make_unique<TagLib::FileStream>(own, read_only);  // closes it
  file_ = open_as(format, stream_.get());
  if (!file_->isValid()) throw Error(Fault::damaged, "its tags can't be read");
}

TagFile::~TagFile() = default;

TagLib::Tag* TagFile::main_tag(bool create) const {
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file_.get())) return mpeg->ID3v2Tag(create);
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file_.get())) return flac->xiphComment(create);
  if (auto* ape = dynamic_cast<TagLib::APE::File*>(file_.get())) return ape->APETag(create);
  if (auto* wavpack = dynamic_cast<TagLib::WavPack::File*>(file_.get())) return wavpack->APETag(create);
  if (auto* musepack = dynamic_cast<TagLib::MPC::File*>(file_.get())) return musepack->APETag(create);
  return file_->tag();
}

TagLib::PropertyMap TagFile::own_properties() const {
  TagLib::Tag* tag = main_tag(false);
  TagLib::PropertyMap properties = tag == nullptr ? TagLib::PropertyMap() : properties_of(*tag);
  if (properties.isEmpty()) properties = united_properties(*file_);
  if (const auto* mp4 = dynamic_cast<const TagLib::MP4::Tag*>(tag)) add_freeform(*mp4, properties);
  return properties;
}

TagLib::PropertyMap TagFile::properties() const {
  TagLib::PropertyMap properties = own_properties();
  for (const TagLib::Tag* tag : tags_of(*file_)) add_missing(properties, properties_of(*tag));
  return properties;
}

void TagFile::change(const TagLib::PropertyMap& given) {
  TagLib::PropertyMap values = given;
  TagLib::Tag* tag = nullptr;
  // Also of other tags, where the one that counts is made now.
  const TagLib::PropertyMap before = own_properties();
  tag = main_tag(true);
  if (dynamic_cast<TagLib::Ogg::XiphComment*>(tag) != nullptr) {
    split_count(values, "TRACKNUMBER", "TRACKTOTAL", "TOTALTRACKS");
    split_count(values, "DISCNUMBER", "DISCTOTAL", "TOTALDISCS");
  } else if (format_ == TagFormat::asf) {
    split_count(values, "TRACKNUMBER", nullptr, nullptr);
  }
  set_properties(tag, merged(before, values));
  if (auto* id3 = dynamic_cast<TagLib::ID3v2::Tag*>(tag)) spell_as_picard(*id3);
  if (auto* mp4 = dynamic_cast<TagLib::MP4::Tag*>(tag)) change_freeform(*mp4, values);
  follow_in_other_tags(values);
}

void TagFile::follow_in_other_tags(const TagLib::PropertyMap& values) {
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file_.get()))
    if (TagLib::APE::Tag* ape = mpeg->APETag(); ape != nullptr && mpeg->hasAPETag())
      ape->setProperties(merged(ape->properties(), values));
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file_.get()))
    if (TagLib::ID3v2::Tag* id3 = flac->ID3v2Tag(); id3 != nullptr && flac->hasID3v2Tag())
      id3->setProperties(merged(id3->properties(), values));
  TagLib::ID3v1::Tag* old = id3v1_of(file_.get());
  if (old == nullptr) return;
  // It holds Latin-1 alone: a value that it can't hold leaves the field empty, which is better than a stale
  // one.
  const auto follow = [&](const char* name, const auto& set) {
    const auto found = values.find(name);
    if (found == values.end()) return;
    const TagLib::String value = first_of(found->second);
    set(value.isLatin1() ? value : TagLib::String());
  };
  follow("ARTIST", [&](const TagLib::String& value) { old->setArtist(value); });
  follow("TITLE", [&](const TagLib::String& value) { old->setTitle(value); });
  follow("ALBUM", [&](const TagLib::String& value) { old->setAlbum(value); });
  const auto number = [](const TagLib::String& value) {
    return static_cast<unsigned>(std::max(0, value.substr(0, 4).toInt()));
  };
  follow("DATE", [&](const TagLib::String& value) { old->setYear(number(value)); });
  follow("TRACKNUMBER",
         [&](const TagLib::String& value) { old->setTrack(number(value.split("/").front())); });
}

void TagFile::save() {
  bool saved = false;
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file_.get())) {
    const bool old_version = mpeg->hasID3v2Tag() && mpeg->ID3v2Tag()->header()->majorVersion() < 4;
    saved =
        mpeg->save(TagLib::MPEG::File::AllTags, TagLib::MPEG::File::StripNone,
                   old_version ? TagLib::ID3v2::v3 : TagLib::ID3v2::v4, TagLib::MPEG::File::DoNotDuplicate);
  } else {
    saved = file_->save();
  }
  if (!saved) throw Error(Fault::io, "its tags can't be written");
  file_.reset();
  stream_.reset();  // flushes
}

}  // namespace echofold
