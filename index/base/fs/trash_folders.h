// Folders that hold what was deleted, what a snapshot shows of an earlier day, or what a system keeps for itself: they
// look like music folders, and are no part of a library.
#pragma once

#include <string_view>

namespace echofold {

/// Whether `name`, a folder in a folder of the name `parent`, is a trash, snapshot or system folder of a desktop, a
/// NAS or a file system. Without regard to case. Of names that an album may have as well ("Recycler", "Trash"), only
/// what such a folder holds is one: "Trash/files", "Recycler/S-1-5-21-...".
/// @param parent  the last name of the folder that it lies in; may be empty
bool is_trash_folder(std::string_view parent, std::string_view name) noexcept;

/// Whether a file of this path lies in such a folder, at any depth.
/// @param root  only folders below this one count, which the path lies in; empty: all
bool is_in_trash(std::string_view path, std::string_view root = {}) noexcept;

}  // namespace echofold
