// How an Ogg file ends: pages carry their own length and checksum.
#pragma once

#include <cstdint>

#include "engine/audio/fd_source.h"

namespace echofold {

struct OggEnd {
  std::int64_t end = 0;  ///< behind the last page that is whole
  bool cut = false;      ///< a page follows that is not
};

/// Looks for the last page from the end backwards. A page whose checksum is wrong is not whole: it was cut and
/// filled up, or damaged. Bytes behind a whole page are no part of the stream.
OggEnd find_ogg_end(const FdSource& source);

}  // namespace echofold
