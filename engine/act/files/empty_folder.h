// Removes empty folders so that undo can make them again exactly as they were.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/act/files/folder_times.h"

namespace echofold {

/// A folder that a run emptied and is about to remove. Undo makes it again with these traits.
struct RemovedFolder {
  std::string path;
  std::uint32_t mode = 0, uid = 0, gid = 0;
};

/// The traits of the folder if it is empty and has nothing (attributes, access lists) that could not be made again;
/// otherwise nothing.
std::optional<RemovedFolder> traits_of_empty_folder(const std::string& path);

/// Removes a folder only if it is empty. @return true if it was removed
bool remove_empty_folder(const std::string& path);

/// Makes again the folders that the run removed, with their mode and, where allowed, their owner. Existing folders
/// are not changed. A folder whose parent is missing (an unmounted drive?) is left out.
/// @param times  registers the folders, so that undo restores their times
/// @return the times to write to the journal
std::vector<FolderTime> make_again(const std::vector<RemovedFolder>& removed, FolderTimes& times);

}  // namespace echofold
