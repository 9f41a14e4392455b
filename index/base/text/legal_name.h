// Names for files and folders that are legal on ext4, NTFS and SMB, whatever a tag says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace echofold {

inline constexpr std::size_t longest_name_bytes = 255;

/// One component of a path made from any bytes, valid UTF-8 or not. Never empty, "." or "..".
///
/// In normal form NFC. `_` stands for what is no UTF-8, for control characters, for `< > : " / \ | ? *` and for
/// a dot at the start, which would hide it. Spaces at both ends and dots at the end go. A name that Windows keeps
/// for a device (CON, NUL, COM1, also before a dot) gets `_` behind it. At most `most_bytes`, cut between characters as
/// readers see them, where one such character is not longer than that itself. A legal name stays as it is.
/// @param most_bytes  16 .. 255
std::string legal_name(std::string_view text, std::size_t most_bytes = longest_name_bytes);

/// `stem` and `extension` (".flac" or empty) as one legal name; a long stem is cut, not the extension.
/// @param extension  as suffix_of gives it
std::string legal_file_name(std::string_view stem, std::string_view extension);

}  // namespace echofold
