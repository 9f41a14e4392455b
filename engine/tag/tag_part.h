// One part of a file's tags: its bytes in the file, and the property that it holds.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Formats of tags, each with names of its own.
enum class TagKind : std::uint8_t { id3v2, ape, vorbis, mp4, asf };

/// A frame, an item, a comment, an atom, an object, or a block that is none of these.
struct TagPart {
  std::string place;     ///< which tag or block it belongs to: "ID3v2", "FLAC block"
  std::string name;      ///< with what distinguishes it from others of its kind: "COMM:eng:description"
  std::string property;  ///< TagLib's name of what it holds; empty if it holds none
  std::string bytes;
  bool operator==(const TagPart&) const = default;
};

/// The property of a part with this name, by TagLib's names and Picard's; "PICTURE" for pictures. A name in no table is
/// its own property.
/// @param name  "TIT2", "TXXX:Acoustid Id", "Track", "----:com.apple.iTunes:ISRC", "WM/Year"
std::string property_of_part(TagKind kind, std::string_view name);

/// ASCII letters in upper case; all other bytes as they are.
std::string upper_ascii(std::string_view text);

}  // namespace echofold
