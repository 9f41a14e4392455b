// Text for an HTML page.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Text that is safe between tags and in quoted attributes. It is made printable() first, so that a file name can be
/// any bytes.
std::string html_text(std::string_view bytes);

/// The same for a sentence of echofold's own: what is between two backticks becomes code.
std::string html_sentence(std::string_view sentence);

}  // namespace echofold
