// Each call seeks and reads on its own: there are few headers.
#include "engine/audio/byte_view.h"

#include <algorithm>

namespace echofold {

std::size_t ByteView::fill(std::int64_t position, std::span<std::uint8_t> into) const noexcept {
  if (position < 0) return 0;
  FdSource reader = source_;  // a cursor of its own
  reader.seek(position);
  std::size_t filled = 0;
  while (filled < into.size()) {
    const std::size_t got = reader.read(into.subspan(filled));
    if (got == 0) break;
    filled += got;
  }
  return filled;
}

std::vector<std::uint8_t> ByteView::read(std::int64_t position, std::size_t count) const {
  std::vector<std::uint8_t> bytes(count);
  bytes.resize(fill(position, bytes));
  return bytes;
}

bool ByteView::has(std::int64_t position, std::string_view mark) const noexcept {
  std::array<std::uint8_t, 32> bytes{};
  if (mark.size() > bytes.size()) return false;
  const std::size_t got = fill(position, std::span(bytes).first(mark.size()));
  return got == mark.size() &&
         std::equal(mark.begin(), mark.end(), bytes.begin(),
                    [](char x, std::uint8_t y) { return static_cast<std::uint8_t>(x) == y; });
}

std::uint64_t ByteView::big(std::int64_t position, std::size_t count) const noexcept {
  std::array<std::uint8_t, 8> bytes{};
  fill(position, std::span(bytes).first(std::min(count, bytes.size())));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < std::min(count, bytes.size()); ++i) value = value << 8 | bytes[i];
  return value;
}

std::uint64_t ByteView::little(std::int64_t position, std::size_t count) const noexcept {
  std::array<std::uint8_t, 8> bytes{};
  fill(position, std::span(bytes).first(std::min(count, bytes.size())));
  std::uint64_t value = 0;
  for (std::size_t i = std::min(count, bytes.size()); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

}  // namespace echofold
