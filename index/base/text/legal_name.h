// Makes names for files and folders that are legal on ext4, NTFS and SMB, whatever is in a tag.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace echofold {

inline constexpr std::size_t longest_name_bytes = 255;

/// One component of a path made from any bytes, valid UTF-8 or not. Never empty, "." or "..".
///
/// The name is in normal form NFC. `_` replaces bytes that are not UTF-8, control characters, `< > : " / \ | ? *` and
/// a dot at the start, which would hide the file. Spaces at both ends and dots at the end are removed. A name that
/// Windows reserves for a device (CON, NUL, COM1, also before a dot) gets a `_` after it. The name has at most
/// `most_bytes`; it is cut between graphemes, unless one grapheme alone is longer than that. A legal name is not
/// changed.
/// @param most_bytes  16 .. 255
std::string legal_name(std::string_view text, std::size_t most_bytes = longest_name_bytes);

/// `stem` and `extension` (".flac" or empty) as one legal name; a long stem is cut, not the extension.
/// @param extension  as suffix_of() returns it
std::string legal_file_name(std::string_view stem, std::string_view extension);

}  // namespace echofold
