// Text for an HTML page.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Text that is safe between tags and in quoted attributes. It is made printable() first, so that a file name can be
/// any bytes.
std::string html_text(std::string_view bytes);

}  // namespace echofold
