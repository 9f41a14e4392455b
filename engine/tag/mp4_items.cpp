// Renders texts, numbers, pictures and freeform items.
#include "engine/tag/mp4_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/tag/file_bytes.h"
#include "engine/tag/tag_names.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr int no_type = 0, text_type = 1, jpeg_type = 13, png_type = 14, number_type = 21;
constexpr const char* mean = "com.apple.iTunes";
constexpr const char* place = "moov/udta/meta/ilst";

/// Text items with a name of their own.
constexpr std::pair<std::string_view, std::string_view> text_items[] = {
    {"TITLE", "\xa9nam"},
    {"ARTIST",
     "\xa9"
     "ART"},
    {"ALBUM",
     "\xa9"
     "alb"},
    {"ALBUMARTIST", "aART"},
    {"DATE",
     "\xa9"
     "day"},
    {"GENRE", "\xa9gen"},
    {"COMPOSER", "\xa9wrt"},
    {"COMMENT",
     "\xa9"
     "cmt"},
    {"LYRICS", "\xa9lyr"},
    {"COPYRIGHT", "cprt"},
    {"ALBUMSORT", "soal"},
    {"ALBUMARTISTSORT", "soaa"},
    {"ARTISTSORT", "soar"},
    {"TITLESORT", "sonm"},
    {"COMPOSERSORT", "soco"},
    {"WORK", "\xa9wrk"},
};

/// Freeform items whose name in Picard differs from the property.
constexpr std::pair<std::string_view, std::string_view> free_names[] = {
    {"MUSICBRAINZ_TRACKID", "MusicBrainz Track Id"},    {"MUSICBRAINZ_WORKID", "MusicBrainz Work Id"},
    {"RELEASETYPE", "MusicBrainz Album Type"},          {"INITIALKEY", "initialkey"},
    {"REPLAYGAIN_TRACK_GAIN", "replaygain_track_gain"}, {"REPLAYGAIN_TRACK_PEAK", "replaygain_track_peak"},
    {"REPLAYGAIN_ALBUM_GAIN", "replaygain_album_gain"}, {"REPLAYGAIN_ALBUM_PEAK", "replaygain_album_peak"},
};

std::string data_of(int type, const std::string& value) {
  return mp4_atom_of("data",
                     big_endian_bytes(static_cast<unsigned>(type), 4) + big_endian_bytes(0, 4) + value);
}

/// Nothing for a text that is not a whole number, or a number that is too large.
std::optional<unsigned> sixteen_bit_number(std::string_view text) {
  constexpr unsigned most = 0xffff;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > most) return std::nullopt;
  return number;
}

/// An item of "3" or "3/12". @param rest_bytes  after the two numbers
std::string pair_item(const std::string& name, std::string_view text, int rest_bytes) {
  const std::size_t slash = text.find('/');
  const auto first = sixteen_bit_number(text.substr(0, slash));
  const auto second = slash == std::string_view::npos ? 0 : sixteen_bit_number(text.substr(slash + 1));
  if (!first || !second) return "";
  return mp4_atom_of(name,
                     data_of(no_type, big_endian_bytes(0, 2) + big_endian_bytes(*first, 2) +
                                          big_endian_bytes(*second, 2) + big_endian_bytes(0, rest_bytes)));
}

std::string free_name(const std::string& property) {
  for (const auto& [name, spelled] : free_names)
    if (property == name) return std::string(spelled);
  for (const TagField& field : tag_fields)
    if (property == field.property && field.description != nullptr) return field.description;
  return property;
}

/// @param texts  at least one. @return empty if a number was expected and the text is not one
std::string item_of(const std::string& property, const std::vector<std::string>& texts) {
  if (property == "TRACKNUMBER") return pair_item("trkn", texts.front(), 2);
  if (property == "DISCNUMBER") return pair_item("disk", texts.front(), 0);
  if (property == "BPM") {
    const auto number =
        sixteen_bit_number(std::string_view(texts.front()).substr(0, texts.front().find('.')));
    return number ? mp4_atom_of("tmpo", data_of(number_type, big_endian_bytes(*number, 2))) : "";
  }
  if (property == "COMPILATION")
    return mp4_atom_of("cpil", data_of(number_type, big_endian_bytes(texts.front() == "0" ? 0 : 1, 1)));
  std::string data;
  for (const std::string& text : texts) data += data_of(text_type, text);
  for (const auto& [name, item] : text_items)
    if (property == name) return mp4_atom_of(std::string(item), data);
  return mp4_atom_of("----", mp4_atom_of("mean", big_endian_bytes(0, 4) + mean) +
                                 mp4_atom_of("name", big_endian_bytes(0, 4) + free_name(property)) + data);
}

}  // namespace

std::string mp4_atom_of(const std::string& name, const std::string& body) {
  if (body.size() >= std::size_t{1} << 31) throw Error(Fault::unsupported, "its tags would get too large");
  return big_endian_bytes(body.size() + 8, 4) + name + body;
}

std::string shown_mp4_name(const std::string& name) {
  std::string shown;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) shown += static_cast<char>(0xc0 | byte >> 6);
    shown += byte < 0x80 ? c : static_cast<char>(0x80 | (byte & 0x3f));
  }
  return shown;
}

std::vector<TagPart> mp4_items_in(const FileBytes& file, const Mp4Atom& ilst) {
  std::vector<TagPart> items;
  for (const Mp4Atom& atom : mp4_atoms_in(file, ilst.body, ilst.end)) {
    std::string name = shown_mp4_name(atom.name);
    if (atom.name == "----")
      for (const Mp4Atom& inner : mp4_atoms_in(file, atom.body, atom.end))
        if ((inner.name == "mean" || inner.name == "name") && inner.end - inner.body >= 4)
          name = fmt::format("{}:{}", name, file.at(inner.body + 4, inner.end - inner.body - 4));
    items.push_back(
        {place, name, property_of_part(TagKind::mp4, name), file.at(atom.begin, atom.end - atom.begin)});
  }
  return items;
}

std::vector<TagPart> new_mp4_items(const TagLib::PropertyMap& values,
                                   const std::vector<TagPicture>& pictures) {
  std::vector<TagPart> items;
  for (const auto& [name, list] : values) {
    if (list.isEmpty()) continue;
    std::vector<std::string> texts;
    std::transform(list.begin(), list.end(), std::back_inserter(texts),
                   [](const TagLib::String& text) { return text.to8Bit(true); });
    const std::string property = name.to8Bit(true);
    if (std::string item = item_of(property, texts); !item.empty())
      items.push_back({place, property, property, std::move(item)});
  }
  std::string data;
  for (const TagPicture& picture : pictures)
    data += data_of(picture.mime == "image/png" ? png_type : jpeg_type,
                    std::string(picture.data.data(), picture.data.size()));
  if (!data.empty()) items.push_back({place, "covr", "PICTURE", mp4_atom_of("covr", data)});
  return items;
}

}  // namespace echofold
