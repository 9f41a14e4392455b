// Tags and padding around the audio of a file: where the container itself begins and ends.
#pragma once

#include <cstdint>

#include "engine/audio/fd_source.h"

namespace echofold {

struct Span {
  std::int64_t id3v2 = 0;  ///< start of the ID3v2 tags directly before `begin`; `begin` if there are none
  std::int64_t begin = 0;  ///< the first byte that is neither a tag nor padding
  std::int64_t end = 0;    ///< after the last byte that is not part of a tag
};

/// Skips at the front: ID3v2 and APE tags, several in a row, and zeros. Skips at the end: ID3v1 (also extended), APE,
/// Lyrics3 (both versions) and ID3v2 with a footer, in any order. Sizes are not trusted: a tag that would reach
/// beyond the file is not a tag. Returns the whole file if nothing would be left.
Span without_outer_tags(const FdSource& source);

/// Bytes of the ID3v2 or APE tag that begins at `at`; 0 if there is none.
std::int64_t leading_tag_bytes(const FdSource& source, std::int64_t at);

}  // namespace echofold
