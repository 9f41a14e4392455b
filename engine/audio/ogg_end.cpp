// Searches backwards in blocks that overlap by a page header, until a page is found.
#include "engine/audio/ogg_end.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/audio/byte_view.h"

namespace echofold {
namespace {

constexpr std::size_t head_bytes = 27;
constexpr std::string_view mark{"OggS\0", 5};  // and version 0

/// The checksum of Ogg: over the page with the checksum field set to zero.
std::uint32_t page_crc(const std::vector<std::uint8_t>& page) {
  constexpr std::size_t crc_at = 22, crc_bytes = 4;
  constexpr std::uint32_t polynomial = 0x04C1'1DB7;
  std::uint32_t crc = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const bool own = i >= crc_at && i < crc_at + crc_bytes;
    crc ^= (own ? 0U : std::uint32_t{page[i]}) << 24;
    for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ ((crc >> 31) != 0 ? polynomial : 0);
  }
  return crc;
}

/// Bytes of the page that begins here; nothing if it is not whole.
std::optional<std::int64_t> whole_page(const ByteView& file, std::int64_t at) {
  const auto head = file.read(at, head_bytes + 255);
  if (head.size() < head_bytes || head.size() < head_bytes + head[head_bytes - 1]) return std::nullopt;
  const auto sizes = head.begin() + head_bytes;
  const std::size_t segments = head[head_bytes - 1];
  const std::size_t bytes =
      std::accumulate(sizes, sizes + static_cast<std::ptrdiff_t>(segments), head_bytes + segments);
  const auto page = file.read(at, bytes);
  if (page.size() < bytes || page_crc(page) != file.little(at + 22, 4)) return std::nullopt;
  return static_cast<std::int64_t>(bytes);
}

/// The last marker that begins before `before`; -1 if there is none.
std::int64_t last_mark(const ByteView& file, std::int64_t before) {
  constexpr std::int64_t block = std::int64_t{64} << 10;
  for (std::int64_t end = before; end > 0;) {
    const std::int64_t from = std::max<std::int64_t>(end - block, 0);
    const auto bytes = file.read(from, static_cast<std::size_t>(end - from) + mark.size() - 1);
    const auto found =
        std::find_end(bytes.begin(), bytes.end(), mark.begin(), mark.end(),
                      [](std::uint8_t x, char y) { return x == static_cast<std::uint8_t>(y); });
    if (found != bytes.end()) return from + (found - bytes.begin());
    end = from;
  }
  return -1;
}

}  // namespace

OggEnd find_ogg_end(const FdSource& source) {
  const ByteView file(source);
  const std::int64_t last = last_mark(file, file.size());
  if (last < 0) return {file.size(), false};
  if (const auto bytes = whole_page(file, last)) return {last + *bytes, false};
  // Damage within the file is handled by the decoder: only the last page is left out.
  return {last, true};
}

}  // namespace echofold
