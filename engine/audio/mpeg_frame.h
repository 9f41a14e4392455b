// Frames of MPEG audio and of raw AAC (ADTS): their headers, and the counts of a Xing or VBRI header.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/audio/fd_source.h"

namespace echofold {

struct MpegFrame {
  std::size_t bytes = 0;    ///< of the whole frame
  std::size_t samples = 0;  ///< of each channel
  std::uint32_t rate_hz = 0;
  std::size_t side_info_end = 0;  ///< layer 3: where a Xing header may follow
};

/// Reads these bytes as the header of a frame; nothing if they are not one. Free format has no length, so it counts
/// as none.
std::optional<MpegFrame> read_mpeg_frame(std::span<const std::uint8_t> head);

/// Bytes of a frame of raw AAC; 0 if no frame begins here.
std::size_t adts_frame_bytes(std::span<const std::uint8_t> head);

/// What the first frame says about the whole stream. 0: it says nothing.
struct MpegCounts {
  double seconds = 0;       ///< from the number of frames; encoder delay and padding included
  std::uint64_t bytes = 0;  ///< of the stream, the first frame included
  std::int64_t begin = 0;   ///< where the first frame begins
};

/// Reads the first frame at `at`; nothing if it has neither a Xing (Info) nor a VBRI header.
std::optional<MpegCounts> read_mpeg_counts(const FdSource& source, std::int64_t at);

}  // namespace echofold
