// Paths as the review page shows them.
#pragma once

#include <string>

namespace echofold {

/// "~/Music/song.mp3" for a file in $HOME; bytes that are not UTF-8 are replaced. Two files may be shown alike: a path
/// is only shown, and never taken back from the page.
std::string shown_path(const std::string& path);

/// The text with control characters and bytes that are not UTF-8 replaced by U+FFFD.
std::string shown_text(const std::string& text);

}  // namespace echofold
