// Text of XML with its entities, as playlists have it.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Entities of XML itself and numbered ones, as UTF-8; anything else stays as it is.
std::string xml_decoded(std::string_view text);

/// For text between tags; with `quote` for an attribute between two of these.
std::string xml_encoded(std::string_view text, char quote = '\0');

}  // namespace echofold
