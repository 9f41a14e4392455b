// One table for each format: the names that TagLib and Picard give to properties.
#include "engine/tag/tag_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "engine/tag/tag_names.h"

namespace echofold {
namespace {

using Name = std::pair<std::string_view, std::string_view>;  // in the file, as a property

constexpr Name id3v2_names[] = {
    {"TIT2", "TITLE"},
    {"TPE1", "ARTIST"},
    {"TALB", "ALBUM"},
    {"TPE2", "ALBUMARTIST"},
    {"TRCK", "TRACKNUMBER"},
    {"TPOS", "DISCNUMBER"},
    {"TDRC", "DATE"},
    {"TYER", "DATE"},
    {"TDAT", "DATE"},
    {"TIME", "DATE"},
    {"TCON", "GENRE"},
    {"TCOM", "COMPOSER"},
    {"TEXT", "LYRICIST"},
    {"TPE3", "CONDUCTOR"},
    {"TPE4", "REMIXER"},
    {"TBPM", "BPM"},
    {"TKEY", "INITIALKEY"},
    {"TSRC", "ISRC"},
    {"TPUB", "LABEL"},
    {"TMED", "MEDIA"},
    {"TCOP", "COPYRIGHT"},
    {"TLAN", "LANGUAGE"},
    {"TSOA", "ALBUMSORT"},
    {"TSOP", "ARTISTSORT"},
    {"TSOT", "TITLESORT"},
    {"TSO2", "ALBUMARTISTSORT"},
    {"TSOC", "COMPOSERSORT"},
    {"TDOR", "ORIGINALDATE"},
    {"TORY", "ORIGINALDATE"},
    {"TCMP", "COMPILATION"},
    {"TIT3", "SUBTITLE"},
    {"TSST", "DISCSUBTITLE"},
    {"TMOO", "MOOD"},
    {"TIT1", "WORK"},
    {"TIPL", "PEOPLE"},
    {"TMCL", "PEOPLE"},
    {"IPLS", "PEOPLE"},
    {"APIC", "PICTURE"},
    {"UFID:http://musicbrainz.org", "MUSICBRAINZ_TRACKID"},
};

constexpr Name ape_names[] = {
    {"TRACK", "TRACKNUMBER"},        {"DISC", "DISCNUMBER"},   {"YEAR", "DATE"},
    {"ALBUM ARTIST", "ALBUMARTIST"}, {"MIXARTIST", "REMIXER"}, {"COVER ART (FRONT)", "PICTURE"},
};

constexpr Name vorbis_names[] = {{"METADATA_BLOCK_PICTURE", "PICTURE"}};

constexpr Name mp4_names[] = {
    {"\xc2\xa9NAM", "TITLE"},
    {"\xc2\xa9"
     "ART",
     "ARTIST"},
    {"\xc2\xa9"
     "ALB",
     "ALBUM"},
    {"AART", "ALBUMARTIST"},
    {"TRKN", "TRACKNUMBER"},
    {"DISK", "DISCNUMBER"},
    {"\xc2\xa9"
     "DAY",
     "DATE"},
    {"\xc2\xa9GEN", "GENRE"},
    {"\xc2\xa9WRT", "COMPOSER"},
    {"\xc2\xa9"
     "CMT",
     "COMMENT"},
    {"\xc2\xa9LYR", "LYRICS"},
    {"\xc2\xa9GRP", "GROUPING"},
    {"CPIL", "COMPILATION"},
    {"TMPO", "BPM"},
    {"CPRT", "COPYRIGHT"},
    {"SOAL", "ALBUMSORT"},
    {"SOAA", "ALBUMARTISTSORT"},
    {"SOAR", "ARTISTSORT"},
    {"SONM", "TITLESORT"},
    {"SOCO", "COMPOSERSORT"},
    {"COVR", "PICTURE"},
    {"\xc2\xa9WRK", "WORK"},
};

constexpr Name asf_names[] = {
    {"AUTHOR", "ARTIST"},
    {"DESCRIPTION", "COMMENT"},
    {"WM/ALBUMTITLE", "ALBUM"},
    {"WM/ALBUMARTIST", "ALBUMARTIST"},
    {"WM/TRACKNUMBER", "TRACKNUMBER"},
    {"WM/PARTOFSET", "DISCNUMBER"},
    {"WM/YEAR", "DATE"},
    {"WM/MODIFIEDBY", "REMIXER"},
    {"WM/BEATSPERMINUTE", "BPM"},
    {"WM/PUBLISHER", "LABEL"},
    {"WM/CATALOGNO", "CATALOGNUMBER"},
    {"WM/ALBUMARTISTSORTORDER", "ALBUMARTISTSORT"},
    {"WM/ALBUMSORTORDER", "ALBUMSORT"},
    {"WM/ARTISTSORTORDER", "ARTISTSORT"},
    {"WM/TITLESORTORDER", "TITLESORT"},
    {"WM/COMPOSERSORTORDER", "COMPOSERSORT"},
    {"WM/WRITER", "LYRICIST"},
    {"WM/ORIGINALRELEASEYEAR", "ORIGINALDATE"},
    {"WM/ISCOMPILATION", "COMPILATION"},
    {"WM/SETSUBTITLE", "DISCSUBTITLE"},
};

std::span<const Name> names_of(TagKind kind) {
  switch (kind) {
    case TagKind::id3v2:
      return id3v2_names;
    case TagKind::ape:
      return ape_names;
    case TagKind::vorbis:
      return vorbis_names;
    case TagKind::mp4:
      return mp4_names;
    case TagKind::asf:
      break;
  }
  return asf_names;
}

/// The same for "MusicBrainz Album Id", "MusicBrainz/Album Id" and "MUSICBRAINZ_ALBUMID".
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : upper_ascii(text))
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      letters += c;
  return letters;
}

bool take_prefix(std::string_view& name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  return true;
}

/// The property of a name that is free text: known names in any spelling, others as they are.
std::string free_property(std::string_view name) {
  const std::string letters = letters_of(name);
  if (letters == "MUSICBRAINZALBUMTYPE") return "RELEASETYPE";
  for (const TagField& field : tag_fields)
    if (letters == letters_of(field.property)) return field.property;
  if (letters == "MUSICBRAINZWORKID") return "MUSICBRAINZ_WORKID";
  return upper_ascii(name);
}

/// The name of a comment or lyrics as in TagLib. @param rest  language, colon, description
std::string described_property(std::string_view property, std::string_view rest) {
  constexpr std::size_t language = 4;
  const std::string description = upper_ascii(rest.substr(std::min(language, rest.size())));
  if (description.empty() || description == property) return std::string(property);
  return fmt::format("{}:{}", property, description);
}

}  // namespace

std::string upper_ascii(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return upper;
}

std::string property_of_part(TagKind kind, std::string_view name) {
  std::string upper = upper_ascii(name);
  for (const auto& [raw, property] : names_of(kind))
    if (upper == upper_ascii(raw)) return std::string(property);
  if (kind == TagKind::id3v2) {
    if (take_prefix(name, "TXXX:")) return free_property(name);
    if (take_prefix(name, "COMM:")) return described_property("COMMENT", name);
    if (take_prefix(name, "USLT:")) return described_property("LYRICS", name);
    return upper;
  }
  if (kind == TagKind::mp4) return take_prefix(name, "----:com.apple.iTunes:") ? free_property(name) : upper;
  if (kind == TagKind::asf) take_prefix(name, "WM/");
  return free_property(name);
}

}  // namespace echofold
