// What a container says of its own length, beside what there is of it: the proof that nothing is missing, or that
// something is.
#pragma once

#include <cstdint>

#include "engine/audio/fd_source.h"

namespace echofold {

enum class Extent : std::uint8_t {
  unknown,  ///< the container does not say, or says what cannot be
  whole,    ///< all that it says is there
  cut       ///< it ends before the container does
};

struct StoredLength {
  Extent extent = Extent::unknown;
  double claimed_s = 0;  ///< seconds of audio that it says it has; 0: not said, or left to libav
  /// Bytes of audio that it says it has, and that there are, of one kind. Both 0: not said.
  std::uint64_t claimed_bytes = 0, present_bytes = 0;
  /// What it says counts from time zero, though its sound may begin later (Matroska).
  bool from_time_zero = false;
};

/// RIFF, RF64, W64 and AIFF. A length that is off is put right in `source`, which then ends where the audio does:
/// 0 and all ones, as programs write them before they know better; too small where the rest of the file shows it;
/// too large where the file ends earlier. Every other file is left alone: unknown.
StoredLength mend_chunk_sizes(FdSource& source);

/// Matroska, MP4, ASF, Musepack 8 and Ogg FLAC: whether all that they announce is there. Only headers are read.
StoredLength read_stored_length(const FdSource& source);

/// An MP4 without the box that says what is in it: no player can read it.
bool lacks_mp4_index(const FdSource& source);

}  // namespace echofold
