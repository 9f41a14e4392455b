// The boxes of an MP4 file, one after the other.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/audio/byte_view.h"

namespace echofold {

struct Mp4Box {
  std::int64_t begin = 0;    ///< start of its header
  std::int64_t content = 0;  ///< where the content starts, after the header
  std::int64_t end = 0;      ///< according to its size: may lie beyond the file
  bool to_the_end = false;   ///< its size is 0: it takes the rest of the file
};

/// The box at `at`; nothing if there is no valid one: the name must be letters, and the size at least that of the
/// header.
/// @param end  of the enclosing box
std::optional<Mp4Box> mp4_box_at(const ByteView& file, std::int64_t at, std::int64_t end);

/// The first box of this name between `at` and `end`.
/// @param name  four characters
std::optional<Mp4Box> find_mp4_box(const ByteView& file, std::int64_t at, std::int64_t end,
                                   std::string_view name);

}  // namespace echofold
