// Paths in tables: their common folder is printed once above them, and the rest of each path in its line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/report/table.h"

namespace echofold {

/// "In /music:" and an empty line; nothing for an empty folder.
/// @param folder  of common_folder() (engine/report/layout.h)
std::string folder_heading(const std::string& folder, const TableStyle& style);

/// The path, without the folder if it is inside, printable, shortened to style.columns.
/// @param used  columns of its line that are already used
std::string path_below(std::string_view path, std::string_view folder, std::size_t used,
                       const TableStyle& style);

}  // namespace echofold
