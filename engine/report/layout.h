// Lines that fit a terminal: wrapped text, shortened paths, and the folder that paths have in common.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

/// Breaks printable text at spaces into lines of at most `columns`, all but the first indented by `indent` spaces.
/// @param used  columns of the first line that are taken already
/// A word that is longer than a line keeps its own line and is not cut.
std::string wrapped(std::string_view printable_text, std::size_t used, std::size_t indent,
                    std::size_t columns);

/// Cut to at most `columns` with an ellipsis in the middle. The end gets two thirds of the room: the file name tells copies
/// apart.
std::string shortened(std::string_view printable_path, std::size_t columns);

/// The innermost folder that all of these absolute paths lie in, with a slash at its end. Empty where that is the
/// root folder, or where there are no paths.
std::string common_folder(const std::vector<std::string_view>& paths);

}  // namespace echofold
