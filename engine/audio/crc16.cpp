// Sixteen bytes per step, one table for each position in them ("slicing", Kounavis and Berry 2005).
#include "engine/audio/crc16.h"

#include <array>
#include <cstddef>

namespace echofold {
namespace {

constexpr std::size_t slices = 16;

/// tables[k][b]: the CRC of byte b followed by k zero bytes.
using Tables = std::array<std::array<std::uint16_t, 256>, slices>;

constexpr Tables make_tables() {
  Tables tables{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    unsigned crc = static_cast<unsigned>(byte) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000U) != 0 ? crc << 1 ^ 0x8005U : crc << 1;
    tables[0][byte] = static_cast<std::uint16_t>(crc);
  }
  for (std::size_t k = 1; k < slices; ++k)
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const unsigned before = tables[k - 1][byte];
      tables[k][byte] = static_cast<std::uint16_t>(before << 8 ^ tables[0][before >> 8]);
    }
  return tables;
}

constexpr Tables tables = make_tables();

}  // namespace

std::uint16_t crc16(std::span<const std::uint8_t> bytes) noexcept {
  unsigned crc = 0;
  std::size_t at = 0;
  for (; at + slices <= bytes.size(); at += slices) {
    const std::uint8_t* const block = bytes.data() + at;
    unsigned next = tables[slices - 1][block[0] ^ crc >> 8] ^ tables[slices - 2][block[1] ^ (crc & 0xFFU)];
    for (std::size_t i = 2; i < slices; ++i) next ^= tables[slices - 1 - i][block[i]];
    crc = next;
  }
  for (; at < bytes.size(); ++at) crc = (crc << 8 & 0xFF00U) ^ tables[0][bytes[at] ^ crc >> 8];
  return static_cast<std::uint16_t>(crc);
}

}  // namespace echofold
