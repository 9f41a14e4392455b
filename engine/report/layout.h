// Lines that fit a terminal: wrapped text, shortened paths, and the common folder of paths.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

/// Breaks printable text at spaces into lines of at most `columns`, all but the first indented by `indent` spaces. A
/// word that is longer than a line gets a line of its own and is not cut.
/// @param used  columns of the first line that are already used
std::string wrapped(std::string_view printable_text, std::size_t used, std::size_t indent,
                    std::size_t columns);

/// Shortens a path to at most `columns` with an ellipsis in the middle. The end gets two thirds of the columns, because
/// copies differ in the file name.
std::string shortened(std::string_view printable_path, std::size_t columns);

/// The innermost folder that contains all of these absolute paths, with a slash at its end. Empty if that is the root
/// folder, or if there are no paths.
std::string common_folder(const std::vector<std::string_view>& paths);

}  // namespace echofold
