// Where an Ogg file ends: pages carry their own length and checksum.
#pragma once

#include <cstdint>

#include "engine/audio/fd_source.h"

namespace echofold {

struct OggEnd {
  std::int64_t end = 0;  ///< after the last whole page
  bool cut = false;      ///< an incomplete page follows
};

/// Searches backwards from the end for the last page. A page with a wrong checksum is not whole: it was cut and
/// padded, or is damaged. Bytes after a whole page are not part of the stream.
OggEnd find_ogg_end(const FdSource& source);

}  // namespace echofold
