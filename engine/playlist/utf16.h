// Converts playlists in UTF-16, as Windows writes them, to UTF-8 and back without loss.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace echofold {

enum class ByteOrder : std::uint8_t { little, big };

/// Detected by the byte order mark, or by a first letter with one zero byte; nothing for other text.
std::optional<ByteOrder> utf16_order(std::string_view bytes) noexcept;

/// Every sequence of 16-bit units has a distinct form: an unpaired surrogate is encoded like a letter (WTF-8), which
/// is not valid UTF-8.
/// @param bytes  of even length
std::string from_utf16(std::string_view bytes, ByteOrder order);

/// The reverse.
/// @param text  made by from_utf16, or UTF-8
std::string to_utf16(std::string_view text, ByteOrder order);

}  // namespace echofold
