// Tags and padding around the audio of a file: where the container itself begins and ends.
#pragma once

#include <cstdint>

#include "engine/audio/fd_source.h"

namespace echofold {

struct Span {
  std::int64_t id3v2 = 0;  ///< of the ID3v2 tags right in front of `begin`; `begin` where there are none
  std::int64_t begin = 0;  ///< the first byte that is neither a tag nor padding
  std::int64_t end = 0;    ///< the byte behind the last one that is no tag
};

/// Leaves out, in front: ID3v2 and APE tags, several in a row, and zeros. Behind: ID3v1 (extended, too), APE, Lyrics3
/// (both versions) and ID3v2 with a footer, in any order. Their sizes are not trusted: a tag that would reach
/// beyond the file is none. The whole file when nothing would be left.
Span without_outer_tags(const FdSource& source);

/// Bytes of the ID3v2 or APE tag that begins at `at`; 0 for none.
std::int64_t leading_tag_bytes(const FdSource& source, std::int64_t at);

}  // namespace echofold
