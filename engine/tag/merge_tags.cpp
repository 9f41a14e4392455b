// Reads keeper and losers, takes missing fields by a list, and writes them as one rewrite.
#include "engine/tag/merge_tags.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "engine/act/files/copier.h"
#include "engine/audio/text.h"
#include "engine/tag/edit_tags.h"
#include "engine/tag/tag_names.h"
#include "engine/tag/tag_parts.h"
#include "engine/tag/tag_proof.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"
#include "index/model/album.h"

namespace echofold {
namespace {

/// Fields about the recording, whatever release and file it is in. Fields about the encoding (ENCODER, iTunes' gapless
/// numbers, R128 gains) are never taken.
constexpr std::array<const char*, 30> of_the_recording = {"ARTIST",
                                                          "TITLE",
                                                          "ARTISTS",
                                                          "ARTISTSORT",
                                                          "TITLESORT",
                                                          "GENRE",
                                                          "COMPOSER",
                                                          "COMPOSERSORT",
                                                          "LYRICIST",
                                                          "CONDUCTOR",
                                                          "ARRANGER",
                                                          "REMIXER",
                                                          "PRODUCER",
                                                          "ENGINEER",
                                                          "MIXER",
                                                          "PERFORMER",
                                                          "WORK",
                                                          "LANGUAGE",
                                                          "LYRICS",
                                                          "COMMENT",
                                                          "BPM",
                                                          "MOOD",
                                                          "INITIALKEY",
                                                          "ISRC",
                                                          "ACOUSTID_ID",
                                                          "MUSICBRAINZ_TRACKID",
                                                          "MUSICBRAINZ_ARTISTID",
                                                          "MUSICBRAINZ_WORKID",
                                                          "REPLAYGAIN_TRACK_GAIN",
                                                          "REPLAYGAIN_TRACK_PEAK"};

constexpr std::array<const char*, 23> of_the_release = {"ALBUM",
                                                        "ALBUMARTIST",
                                                        "ALBUMSORT",
                                                        "ALBUMARTISTSORT",
                                                        "TRACKNUMBER",
                                                        "DISCNUMBER",
                                                        "DISCSUBTITLE",
                                                        "DATE",
                                                        "ORIGINALDATE",
                                                        "RELEASETYPE",
                                                        "MEDIA",
                                                        "LABEL",
                                                        "BARCODE",
                                                        "CATALOGNUMBER",
                                                        "ASIN",
                                                        "COMPILATION",
                                                        "COPYRIGHT",
                                                        "MUSICBRAINZ_ALBUMID",
                                                        "MUSICBRAINZ_RELEASEGROUPID",
                                                        "MUSICBRAINZ_ALBUMARTISTID",
                                                        "MUSICBRAINZ_RELEASETRACKID",
                                                        "REPLAYGAIN_ALBUM_GAIN",
                                                        "REPLAYGAIN_ALBUM_PEAK"};

/// The tags of one file.
struct Source {
  TagLib::PropertyMap properties;
  std::vector<TagPicture> pictures;
  std::set<std::string> names;  ///< of the properties in the parts of its tags, readable or not
};

/// ID3v1 always has all its fields, also blank ones. If the parts can't be separated, the write reports why.
std::set<std::string> names_in(int file, TagFormat format) try {
  std::set<std::string> names;
  for (const TagPart& part : tag_parts(file, format))
    if (!part.place.starts_with("ID3v1")) names.insert(part.property);
  return names;
} catch (const Error&) {
  return {};
}

std::optional<Source> read_source(const TrackRecord& track) {
  const auto format = tag_format_of(track.properties);
  if (!format) return std::nullopt;
  try {
    const SplitPath split = split_path(track.path);
    const Fd file = open_to_read(Folder::open(split.folder), split.name);
    const TagFile tags(file.get(), *format);
    return Source{tags.properties(), tags.pictures(), names_in(file.get(), *format)};
  } catch (const std::exception&) {
    return std::nullopt;  // unreadable tags count as none
  }
}

TagLib::StringList values_in(const TagLib::PropertyMap& properties, const char* name) {
  const auto found = properties.find(name);
  return found == properties.end() ? TagLib::StringList() : found->second;
}

/// As a scan would store it; empty: unknown.
std::string album_of(const TagLib::PropertyMap& properties) {
  const TagLib::StringList values = values_in(properties, "ALBUM");
  return values.isEmpty() ? std::string() : clean_text(values.front().to8Bit(true));
}

/// The keeper's album in any of its tags, else the one taken from another loser; empty: unknown.
std::string album_of(const TrackRecord& track, const Source& keep, const TagLib::PropertyMap& taken) {
  if (std::string album = album_of(keep.properties); !album.empty()) return album;
  return track.tags.album.empty() ? album_of(taken) : track.tags.album;
}

/// A number with its total, which some formats store separately.
TagLib::StringList with_count(const TagLib::PropertyMap& from, const char* name, const char* total) {
  TagLib::StringList values = values_in(from, name);
  const TagLib::StringList count = values_in(from, total);
  if (!values.isEmpty() && !count.isEmpty() && values.front().find("/") < 0)
    values.front() = values.front() + "/" + count.front();
  return values;
}

TagLib::StringList value_to_take(const TagLib::PropertyMap& from, const std::string& name) {
  if (name == "TRACKNUMBER") return with_count(from, "TRACKNUMBER", "TRACKTOTAL");
  if (name == "DISCNUMBER") return with_count(from, "DISCNUMBER", "DISCTOTAL");
  return values_in(from, name.c_str());
}

/// What the keeper gets.
struct Taken {
  TagLib::PropertyMap values;
  std::vector<TagPicture> pictures;
  bool empty() const { return values.isEmpty() && pictures.empty(); }
};

/// True if a scan found the field in any tag of the file: it stays, even if TagLib's reader of this format does not
/// see it.
bool record_has(const Tags& tags, std::string_view name) {
  return std::any_of(tag_fields.begin(), tag_fields.end(), [&](const TagField& field) {
    return field.record != nullptr && name == field.property && !(tags.*field.record).empty();
  });
}

void take_missing(const TrackRecord& track, const Source& keep, const Source& loser, Taken& taken) {
  const auto take = [&](const char* name) {
    if (keep.properties.contains(name) || keep.names.contains(name) || record_has(track.tags, name) ||
        taken.values.contains(name))
      return;
    const TagLib::StringList values = value_to_take(loser.properties, name);
    if (!values.isEmpty() && !values.front().stripWhiteSpace().isEmpty()) taken.values.insert(name, values);
  };
  const std::string album = album_of(track, keep, taken.values);
  const bool same_release = album.empty() || same_album_title(album, album_of(loser.properties));
  for (const char* name : of_the_recording) take(name);
  if (!same_release) return;
  for (const char* name : of_the_release) take(name);
  if (keep.pictures.empty() && !track.tags.has_art && taken.pictures.empty()) taken.pictures = loser.pictures;
}

std::string told(const Taken& taken) {
  std::string text;
  for (const auto& [name, values] : taken.values) text += (text.empty() ? "" : ", ") + name.to8Bit(true);
  if (!taken.pictures.empty()) text += text.empty() ? "pictures" : ", pictures";
  return text;
}

Tags record_tags(Tags tags, const TagLib::PropertyMap& properties, const Taken& taken, bool has_art) {
  for (const TagField& field : tag_fields) {
    if (field.record == nullptr || !taken.values.contains(field.property)) continue;
    const TagLib::StringList values = values_in(properties, field.property);
    if (!values.isEmpty()) tags.*field.record = clean_text(values.front().to8Bit(true));
  }
  tags.has_art = tags.has_art || has_art;
  return tags;
}

NewBytes bytes_with(const TrackRecord& keep, TagFormat format, const Taken& taken, const TrackReader& read) {
  NewBytes bytes;
  bytes.change = [&taken, format](int copy) {
    guarded([&] { edit_tags(copy, format, tag_edit_of(copy, format, taken.values, taken.pictures)); });
  };
  bytes.verify = [&taken, &keep, &read, format](int file, int copy) {
    return guarded([&]() -> std::optional<Tags> {
      const TagLib::PropertyMap now = require_rest_unchanged(
          file, copy, format, tag_edit_of(file, format, taken.values, taken.pictures), read);
      const bool has_art = !TagFile(copy, format).pictures().empty();
      if (!taken.pictures.empty() && !has_art)
        throw Error(Fault::damaged, "the new picture can't be read back");
      return record_tags(keep.tags, now, taken, has_art);
    });
  };
  return bytes;
}

}  // namespace

Merged merge_tags(Rewriter& rewriter, const TrackRecord& keep, const std::vector<TrackRecord>& losers,
                  const TrackReader& read) {
  Merged merged;
  const auto format = tag_format_of(keep.properties);
  if (!format) {
    merged.note = printable(keep.path) + ": tags are not written to files of this kind; nothing was merged";
    return merged;
  }
  const auto source = read_source(keep);
  Taken taken;
  for (const TrackRecord& loser : losers)
    if (const auto other = source ? read_source(loser) : std::nullopt)
      take_missing(keep, *source, *other, taken);
  if (taken.empty()) return merged;
  merged.rewritten = rewriter.rewrite({keep.path, keep.stamp, keep.id, RewriteKind::tags, false},
                                      bytes_with(keep, *format, taken, read));
  if (merged.rewritten->done())
    merged.note = printable(keep.path) + ": took " + told(taken) + " from the copies that go";
  return merged;
}

}  // namespace echofold
