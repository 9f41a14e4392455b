// The tags before and after the audio of a file: ID3v2, APE, ID3v1.
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
                end = 0;  ///< of all between the tags, including tags of other kinds (Lyrics3)

  /// The tags of this kind.
  std::vector<TagRange> of(TagRange::Kind kind) const;
};

/// Finds ID3v2 before the audio, also several in a row, and APE and ID3v1 after it, in any order.
/// @throws Error Fault::damaged for a tag that is longer than the file, Fault::io
TagRanges tag_ranges_of(const FileBytes& file);

}  // namespace echofold
