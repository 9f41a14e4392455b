// Text in the code pages of old systems. Playlists of today are UTF-8; older ones are in the code page of their writer.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace echofold {

/// Those that playlists are written in, the likelier first; names as iconv(3) knows them.
std::span<const char* const> code_pages() noexcept;

/// As UTF-8; nothing where the bytes are no text of this page, don't come back as they were, or the system does not know
/// the page.
std::optional<std::string> from_code_page(const char* page, const std::string& bytes);

/// From UTF-8; nothing where it holds a letter that the page has not.
std::optional<std::string> to_code_page(const char* page, const std::string& text);

}  // namespace echofold
