// Numbers take one to eight bytes: the number of leading zero bits gives their length.
#include "engine/audio/ebml.h"

#include <algorithm>
#include <bit>

namespace echofold {

std::optional<EbmlElement> ebml_element_at(const ByteView& file, std::int64_t at, std::int64_t end) {
  constexpr std::uint64_t most = 1ULL << 61;
  const auto bytes_at = [&](std::int64_t place) {
    return std::countl_zero(static_cast<std::uint8_t>(file.big(place, 1))) + 1;
  };
  if (at < 0 || at + 2 > end) return std::nullopt;
  const int id_bytes = bytes_at(at), size_bytes = bytes_at(at + id_bytes);
  if (id_bytes > 4 || size_bytes > 8) return std::nullopt;
  const std::uint64_t all_ones = (1ULL << (7 * size_bytes)) - 1;
  const std::uint64_t size = file.big(at + id_bytes, static_cast<std::size_t>(size_bytes)) & all_ones;
  const std::int64_t content = at + id_bytes + size_bytes;
  const bool open = size == all_ones;
  return EbmlElement{file.big(at, static_cast<std::size_t>(id_bytes)), content,
                     open ? end : content + static_cast<std::int64_t>(std::min(size, most)), open};
}

std::optional<EbmlElement> find_ebml_element(const ByteView& file, std::int64_t at, std::int64_t end,
                                             std::uint64_t id) {
  for (int parts = 0; parts < most_parts; ++parts) {
    const auto element = ebml_element_at(file, at, end);
    if (!element || element->id == id) return element;
    at = element->end;
  }
  return std::nullopt;
}

}  // namespace echofold
