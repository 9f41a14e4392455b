// Frames of MPEG audio and of raw AAC (ADTS): their own heads, and the counts of a Xing or VBRI header.
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
  std::size_t side_info_end = 0;  ///< layer 3: where a Xing header may be
};

/// What these bytes say as the head of a frame; nothing when they are none. A free format has no length: none.
std::optional<MpegFrame> read_mpeg_frame(std::span<const std::uint8_t> head);

/// Bytes of a frame of raw AAC; 0 when these bytes begin none.
std::size_t adts_frame_bytes(std::span<const std::uint8_t> head);

/// What the first frame says of the whole stream. 0: not said.
struct MpegCounts {
  double seconds = 0;       ///< by the number of frames; encoder delay and padding included
  std::uint64_t bytes = 0;  ///< of the stream, the first frame included
  std::int64_t begin = 0;   ///< where the first frame begins
};

/// Looks into the first frame from `at` on; nothing where it has neither a Xing (Info) nor a VBRI header.
std::optional<MpegCounts> read_mpeg_counts(const FdSource& source, std::int64_t at);

}  // namespace echofold
