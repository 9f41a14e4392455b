// Sizes of 32 bits, of 64, and 0 for "the rest".
#include "engine/audio/mp4_boxes.h"

#include <algorithm>

namespace echofold {

std::optional<Mp4Box> mp4_box_at(const ByteView& file, std::int64_t at, std::int64_t end) {
  constexpr std::int64_t head = 8, long_head = 16;
  if (at < 0 || at > end - head) return std::nullopt;
  for (std::int64_t i = 4; i < head; ++i) {
    const std::uint64_t letter = file.big(at + i, 1);
    if ((letter < 0x20 || letter > 0x7E) && letter != 0xA9) return std::nullopt;
  }
  constexpr std::uint64_t most = 1ULL << 61;
  const std::uint64_t size = file.big(at, 4);
  if (size == 0) return Mp4Box{at, at + head, end, true};
  const bool is_long = size == 1;
  const std::uint64_t bytes = is_long ? file.big(at + head, 8) : size;
  const std::int64_t content = at + (is_long ? long_head : head);
  if (bytes < static_cast<std::uint64_t>(content - at)) return std::nullopt;
  return Mp4Box{at, content, at + static_cast<std::int64_t>(std::min(bytes, most)), false};
}

std::optional<Mp4Box> find_mp4_box(const ByteView& file, std::int64_t at, std::int64_t end,
                                   std::string_view name) {
  while (const auto box = mp4_box_at(file, at, end)) {
    if (file.has(at + 4, name)) return box;
    at = box->end;
  }
  return std::nullopt;
}

}  // namespace echofold
