// Reads the container's tags, then those around it, then libav's if TagLib found none.
#include "engine/audio/probe_tags.h"

#include <fileref.h>
#include <id3v1tag.h>
#include <id3v2framefactory.h>
#include <mpegfile.h>
#include <tfile.h>
#include <tpropertymap.h>

#include <array>
#include <string>
#include <string_view>

#include "engine/audio/outer_tags.h"
#include "engine/audio/probe_contents.h"
#include "engine/audio/probe_tag_stream.h"
#include "engine/audio/probe_tag_union.h"
#include "engine/audio/text.h"

namespace echofold {
namespace {

struct TagName {
  std::string Tags::*field;
  const char* taglib;
  std::array<const char*, 2> libav;
};

constexpr std::array<TagName, 9> tag_names = {{
    {&Tags::artist, "ARTIST", {"artist", "author"}},
    {&Tags::title, "TITLE", {"title", nullptr}},
    {&Tags::album, "ALBUM", {"album", nullptr}},
    {&Tags::album_artist, "ALBUMARTIST", {"album_artist", "albumartist"}},
    {&Tags::track, "TRACKNUMBER", {"track", "tracknumber"}},
    {&Tags::disc, "DISCNUMBER", {"disc", "discnumber"}},
    {&Tags::date, "DATE", {"date", "year"}},
    {&Tags::acoustid_id, "ACOUSTID_ID", {"acoustid_id", "Acoustid Id"}},
    {&Tags::musicbrainz_recording_id, "MUSICBRAINZ_TRACKID", {"musicbrainz_trackid", "MusicBrainz Track Id"}},
}};

/// The extension by which TagLib chooses its reader; empty for containers that TagLib does not know. It follows from
/// the content, not from the file's name: a misnamed file keeps its tags.
std::string_view taglib_extension(const Input& input) {
  const std::string_view container = input.format().iformat->name;
  if (container == "ogg") {
    switch (input.stream().codecpar->codec_id) {
      case AV_CODEC_ID_VORBIS:
        return "ogg";
      case AV_CODEC_ID_OPUS:
        return "opus";
      case AV_CODEC_ID_SPEEX:
        return "spx";
      default:
        return "oga";
    }
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> readers = {{
      {"mp3", "mp3"},
      {"aac", "aac"},
      {"flac", "flac"},
      {"mov,mp4,m4a,3gp,3g2,mj2", "m4a"},
      {"wav", "wav"},
      {"aiff", "aiff"},
      {"asf", "wma"},
      {"ape", "ape"},
      {"wv", "wv"},
      {"tta", "tta"},
      {"mpc", "mpc"},
      {"mpc8", "mpc"},
      {"w64", ""},
  }};
  for (const auto& [demuxer, extension] : readers)
    if (container == demuxer) return extension;
  return {};
}

/// All fields read so far. The first tag that has a field wins, but ID3v1 comes last: it truncates its texts.
struct FoundTags {
  TagLib::PropertyMap properties, in_id3v1;
  bool picture = false;
};

void add(TagLib::File& file, FoundTags& found_tags) {
  for (const TagLib::Tag* tag : tags_of(file)) {
    const bool old = dynamic_cast<const TagLib::ID3v1::Tag*>(tag) != nullptr;
    const TagLib::PropertyMap properties = properties_of(*tag);
    add_missing(old ? found_tags.in_id3v1 : found_tags.properties, properties);
    // Names of parts that have no property, such as lyrics.
    for (const TagLib::String& part : properties.unsupportedData())
      found_tags.properties.unsupportedData().append(part);
  }
  found_tags.picture = found_tags.picture || has_picture_in_tags(file);
}

/// Adds the container's own tags.
void add_inner(const Input& input, FdSource source, FoundTags& found_tags) {
  const std::string_view extension = taglib_extension(input);
  if (extension.empty()) return;
  TagStream stream(source, "audio." + std::string(extension));
  const TagLib::FileRef file(&stream, false);
  if (!file.isNull() && file.file()->isValid()) add(*file.file(), found_tags);
}

/// Adds the tags around the container. TagLib finds them around few containers, so it gets them as a file of their
/// own.
void add_outer(const FdSource& source, FoundTags& found_tags) {
  const auto add_part = [&](std::int64_t begin, std::int64_t end) {
    if (begin >= end) return;
    FdSource part = source;
    part.show(begin, end);
    TagStream stream(part, "tags.mp3");
    TagLib::MPEG::File file(&stream, TagLib::ID3v2::FrameFactory::instance(), false);
    add(file, found_tags);
  };
  const Span span = without_outer_tags(source);
  constexpr int most_tags = 16;  // in a row
  std::int64_t at = span.id3v2;
  int tags = 0;
  for (std::int64_t bytes = leading_tag_bytes(source, at); bytes > 0 && at < span.begin && tags < most_tags;
       bytes = leading_tag_bytes(source, at), ++tags) {
    add_part(at, at + bytes);
    at += bytes;
  }
  add_part(span.end, source.size_bytes());
}

void read_taglib(const Input& input, int fd, const std::stop_token& stop, Tags& tags,
                 FileContents& contents) {
  const FdSource source(fd, stop);
  FoundTags found_tags;
  add_inner(input, source, found_tags);
  add_outer(source, found_tags);
  add_missing(found_tags.properties, found_tags.in_id3v1);
  note_texts(found_tags.properties, contents);
  for (const TagName& name : tag_names) {
    const auto found = found_tags.properties.find(name.taglib);
    if (found != found_tags.properties.end() && !found->second.isEmpty())
      tags.*name.field = clean_text(found->second.front().to8Bit(true));
  }
  tags.has_art = found_tags.picture;
}

/// Used if TagLib found nothing.
void fill_from(const AVDictionary* dictionary, Tags& tags) {
  for (const TagName& name : tag_names) {
    for (const char* key : name.libav) {
      if (key == nullptr || !(tags.*name.field).empty()) continue;
      const AVDictionaryEntry* entry = av_dict_get(dictionary, key, nullptr, 0);
      if (entry != nullptr) tags.*name.field = clean_text(entry->value);
    }
  }
}

bool has_picture(const AVFormatContext& format) {
  for (unsigned i = 0; i < format.nb_streams; ++i)
    if ((format.streams[i]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) return true;
  return false;
}

}  // namespace

Tags read_tags(const Input& input, int fd, const std::stop_token& stop, FileContents& contents) {
  Tags tags;
  try {
    read_taglib(input, fd, stop, tags, contents);
  } catch (...) {
    tags = {};  // a damaged tag must not lose the track
  }
  fill_from(input.format().metadata, tags);
  fill_from(input.stream().metadata, tags);
  tags.has_art = tags.has_art || has_picture(input.format());
  probe_contents(input, fd, stop, contents);
  return tags;
}

}  // namespace echofold
