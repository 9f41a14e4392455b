// Compares the length that a container states with what is there: does the file lack its end?
#pragma once

#include <cstdint>

#include "engine/audio/fd_source.h"

namespace echofold {

enum class Extent : std::uint8_t {
  unknown,  ///< the container states nothing, or something impossible
  whole,    ///< everything it states is there
  cut       ///< it ends before its stated end
};

struct StoredLength {
  Extent extent = Extent::unknown;
  double claimed_s = 0;  ///< seconds of audio that it states; 0: not stated, or left to libav
  /// Bytes of audio that it states, and that are there, in the same unit. Both 0: not stated.
  std::uint64_t claimed_bytes = 0, present_bytes = 0;
  /// The stated length counts from time zero, though the sound may begin later (Matroska).
  bool from_time_zero = false;
};

/// For Matroska, MP4, ASF, Musepack 8 and Ogg FLAC: whether everything that they announce is there. Reads only
/// headers.
StoredLength read_stored_length(const FdSource& source);

/// An MP4 without the box that describes its contents: no player can read it.
bool lacks_mp4_index(const FdSource& source);

}  // namespace echofold
