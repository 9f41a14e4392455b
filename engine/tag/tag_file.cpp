// TagLib's properties, spelled as by Picard if TagLib differs.
#include "engine/tag/tag_file.h"

#include <apefile.h>
#include <apetag.h>
#include <asffile.h>
#include <fcntl.h>
#include <flacfile.h>
#include <id3v2tag.h>
#include <mp4file.h>
#include <mpcfile.h>
#include <mpegfile.h>
#include <oggflacfile.h>
#include <opusfile.h>
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
#include "engine/tag/pictures.h"
#include "engine/tag/tag_part.h"
#include "index/base/error.h"

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

TagLib::PropertyMap merged(TagLib::PropertyMap properties, const TagLib::PropertyMap& values) {
  for (const auto& [name, list] : values) {
    properties.erase(name);
    if (!list.isEmpty()) properties.insert(name, list);
  }
  return properties;
}

/// Properties that TagLib lacks for MP4, and the freeform items that hold them.
constexpr std::array<std::pair<const char*, const char*>, 6> freeform_items = {{
    {"ACOUSTID_ID", "----:com.apple.iTunes:Acoustid Id"},
    {"ACOUSTID_FINGERPRINT", "----:com.apple.iTunes:Acoustid Fingerprint"},
    {"REPLAYGAIN_TRACK_GAIN", "----:com.apple.iTunes:replaygain_track_gain"},
    {"REPLAYGAIN_TRACK_PEAK", "----:com.apple.iTunes:replaygain_track_peak"},
    {"REPLAYGAIN_ALBUM_GAIN", "----:com.apple.iTunes:replaygain_album_gain"},
    {"REPLAYGAIN_ALBUM_PEAK", "----:com.apple.iTunes:replaygain_album_peak"},
}};

void add_freeform(const TagLib::MP4::Tag& tag, TagLib::PropertyMap& properties) {
  for (const auto& [property, item] : freeform_items) {
    if (!tag.contains(item)) continue;
    properties.replace(property, tag.item(item).toStringList());
    TagLib::StringList& rest = properties.unsupportedData();
    if (const auto found = rest.find(item); found != rest.end()) rest.erase(found);
  }
}

/// Also removes attributes that ffmpeg writes with names of its own ("title"): libav prefers them to those that count.
void replace_properties(TagLib::ASF::Tag& tag, const TagLib::PropertyMap& values) {
  const TagLib::PropertyMap properties = merged(tag.properties(), values);
  std::vector<TagLib::String> stale;
  for (const auto& [name, attributes] : tag.attributeListMap())
    if (values.contains(TagLib::String(property_of_part(TagKind::asf, name.to8Bit(true)))))
      stale.push_back(name);
  for (const TagLib::String& name : stale) tag.removeItem(name);
  tag.setProperties(properties);
}

}  // namespace

TagFile::TagFile(int fd, TagFormat format) : format_(format) {
  if (lseek(fd, 0, SEEK_SET) != 0) throw system_error(errno, "can't read the file");
  const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) throw system_error(errno, "can't read the file");
  const bool read_only = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY;
  stream_ = std::make_unique<TagLib::FileStream>(own, read_only);  // closes `own`
  file_ = open_as(format, stream_.get());
  if (!file_->isValid()) throw Error(Fault::damaged, "its tags can't be read");
}

TagFile::~TagFile() = default;

TagLib::Tag* TagFile::main_tag() const {
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file_.get())) return mpeg->ID3v2Tag(false);
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file_.get())) return flac->xiphComment(false);
  if (auto* ape = dynamic_cast<TagLib::APE::File*>(file_.get())) return ape->APETag(false);
  if (auto* wavpack = dynamic_cast<TagLib::WavPack::File*>(file_.get())) return wavpack->APETag(false);
  if (auto* musepack = dynamic_cast<TagLib::MPC::File*>(file_.get())) return musepack->APETag(false);
  return file_->tag();
}

TagLib::PropertyMap TagFile::own_properties() const {
  TagLib::Tag* tag = main_tag();
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

bool TagFile::main_tag_says_nothing() const {
  const TagLib::Tag* tag = main_tag();
  return tag == nullptr || properties_of(*tag).isEmpty();
}

void TagFile::change_asf(const TagLib::PropertyMap& values, const std::vector<TagPicture>& pictures) {
  auto* asf = dynamic_cast<TagLib::ASF::Tag*>(file_->tag());
  if (asf == nullptr) throw Error(Fault::damaged, "it is not an ASF file");
  replace_properties(*asf, values);
  for (const TagPicture& picture : pictures) add_to_asf(*asf, picture);
  finish(file_->save());
}

void TagFile::save_comment_packet(const std::string& packet) {
  auto* ogg = dynamic_cast<TagLib::Ogg::File*>(file_.get());
  if (ogg == nullptr) throw Error(Fault::damaged, "it is not an Ogg file");
  ogg->setPacket(1, TagLib::ByteVector(packet.data(), static_cast<unsigned>(packet.size())));
  finish(ogg->TagLib::Ogg::File::save());  // the base class, which does not write tags
}

void TagFile::finish(bool saved) {
  if (!saved) throw Error(Fault::io, "its tags can't be written");
  file_.reset();
  stream_.reset();  // flushes
}

}  // namespace echofold
