// Text in a page.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Safe between tags and inside quoted attributes; what printable() escapes is escaped first, so that a name
/// of a file can be any bytes.
std::string html_text(std::string_view bytes);

}  // namespace echofold
