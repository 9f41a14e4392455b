// Folders with deleted files, with snapshots of earlier days, or with a system's own files: they look like music
// folders, but are no part of a library.
#pragma once

#include <string_view>

namespace echofold {

/// Whether `name`, a folder in a folder named `parent`, is a trash, snapshot or system folder of a desktop, a
/// NAS or a file system. Case does not matter. An album may also be named "Recycler" or "Trash": of such folders, only
/// the typical content counts: "Trash/files", "Recycler/S-1-5-21-...".
/// @param parent  the last name in the path of the folder above; may be empty
bool is_trash_folder(std::string_view parent, std::string_view name) noexcept;

/// Whether a file with this path is in such a folder, at any depth.
/// @param root  a folder above the path: only folders below it count; empty: all folders count
bool is_in_trash(std::string_view path, std::string_view root = {}) noexcept;

}  // namespace echofold
