// A size has 32 bits, or 64, or is 0 for "the rest".
#include "engine/audio/mp4_boxes.h"

#include <algorithm>

namespace echofold {

std::optional<Mp4Box> mp4_box_at(const ByteView& file, std::int64_t at, std::int64_t end) {
  constexpr std::int64_t head = 8, long_head = 16;
  if (at < 0 || at > end - head) return std::nullopt;
  const std::uint64_t size_and_name = file.big(at, 8);
  for (int i = 0; i < 4; ++i) {
    const std::uint64_t letter = size_and_name >> (8 * i) & 0xFF;
    if ((letter < 0x20 || letter > 0x7E) && letter != 0xA9) return std::nullopt;
  }
  constexpr std::uint64_t most = 1ULL << 61;
  const std::uint64_t size = size_and_name >> 32;
  if (size == 0) return Mp4Box{at, at + head, end, true};
  const bool is_long = size == 1;
  const std::uint64_t bytes = is_long ? file.big(at + head, 8) : size;
  const std::int64_t content = at + (is_long ? long_head : head);
  if (bytes < static_cast<std::uint64_t>(content - at)) return std::nullopt;
  return Mp4Box{at, content, at + static_cast<std::int64_t>(std::min(bytes, most)), false};
}

std::optional<Mp4Box> find_mp4_box(const ByteView& file, std::int64_t at, std::int64_t end,
                                   std::string_view name) {
  for (int parts = 0; parts < most_parts; ++parts) {
    const auto box = mp4_box_at(file, at, end);
    if (!box || file.has(at + 4, name)) return box;
    at = box->end;
  }
  return std::nullopt;
}

}  // namespace echofold
