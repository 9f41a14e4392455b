// Tags: TagLib first, libav where TagLib knows nothing.
#include <fileref.h>
#include <tfile.h>
#include <tpropertymap.h>

#include <array>
#include <string>
#include <string_view>

#include "engine/audio/probe.h"
#include "engine/audio/probe_contents.h"
#include "engine/audio/probe_tag_stream.h"
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

/// The extension by which TagLib picks its reader; empty for containers that TagLib does not know.
/// By content, not by the name of the file: a mis-named file keeps its tags.
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

void read_taglib(const Input& input, int fd, const std::stop_token& stop, Tags& tags,
                 FileContents& contents) {
  const std::string_view extension = taglib_extension(input);
  if (extension.empty()) return;
  FdSource source(fd, stop);
  TagStream stream(source, "audio." + std::string(extension));
  const TagLib::FileRef file(&stream, false);
  if (file.isNull() || !file.file()->isValid()) return;
  const TagLib::PropertyMap properties = file.file()->properties();
  note_texts(properties, contents);
  for (const TagName& name : tag_names) {
    const auto found = properties.find(name.taglib);
    if (found != properties.end() && !found->second.isEmpty())
      tags.*name.field = clean_text(found->second.front().to8Bit(true));
  }
}

/// Where TagLib gave nothing.
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
    tags = {};  // a damaged tag is no reason to lose the track
  }
  fill_from(input.format().metadata, tags);
  fill_from(input.stream().metadata, tags);
  tags.has_art = has_picture(input.format());
  probe_contents(input, fd, stop, contents);
  return tags;
}

}  // namespace echofold
