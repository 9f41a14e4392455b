// XML text with its entities, as used in playlists.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Decodes XML's own entities and numeric ones to UTF-8; anything else stays as it is.
std::string xml_decoded(std::string_view text);

/// Encodes text between tags, or, with `quote`, an attribute in such quotes.
std::string xml_encoded(std::string_view text, char quote = '\0');

}  // namespace echofold
