// The tags in front of and behind the audio of a file: ID3v2, APE, ID3v1.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/tag/file_bytes.h"

namespace echofold {

struct TagRange {
  enum class Kind : std::uint8_t { id3v2, ape, id3v1 };
  Kind kind = Kind::id3v2;
  std::uint64_t begin = 0, end = 0;  ///< with its header and footer
};

struct TagRanges {
  std::vector<TagRange> tags;  ///< in the order of the file
  std::uint64_t begin = 0,
                end = 0;  ///< of all that lies between; other kinds of tags (Lyrics3) are part of it

  /// Those of this kind.
  std::vector<TagRange> of(TagRange::Kind kind) const;
};

/// ID3v2 in front, several in a row; APE and ID3v1 behind, in any order.
/// @throws Error Fault::damaged for a tag that is longer than the file, Fault::io
TagRanges tag_ranges_of(const FileBytes& file);

}  // namespace echofold
