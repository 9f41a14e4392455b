// The checksum of FLAC frames, several times as fast as libav's.
#pragma once

#include <cstdint>
#include <span>

namespace echofold {

/// CRC-16 of polynomial 0x8005, highest bit first, initial value 0. The CRC of a whole FLAC frame with its checksum
/// is 0.
std::uint16_t crc16(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace echofold
