// Text in the code pages of old systems. Modern playlists are UTF-8; older ones use the code page of their writer.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace echofold {

/// The code pages used in playlists, likelier ones first, under their iconv(3) names.
std::span<const char* const> code_pages() noexcept;

/// Converts to UTF-8. Returns nothing if the bytes are not valid in this page, if converting back does not give the
/// same bytes, or if the system does not know the page.
std::optional<std::string> from_code_page(const char* page, const std::string& bytes);

/// Converts from UTF-8. Returns nothing if the page lacks one of the letters.
std::optional<std::string> to_code_page(const char* page, const std::string& text);

}  // namespace echofold
