// Empty folders, removed in such a way that undo can make them again just as they were.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/act/folder_times.h"
#include "engine/act/journal.h"

namespace echofold {

/// Of a folder that is empty and has nothing (attributes, access lists) that could not be made again; else nothing.
std::optional<RemovedFolder> traits_of_empty_folder(const std::string& path);

/// Only a folder, only an empty one. @return true when it is gone
bool remove_empty_folder(const std::string& path);

/// Makes the folders again that the run removed, with their mode and as far as allowed their owner. What is there stays as
/// it is. A folder whose parent is not there (a drive that is away?) is left out.
/// @param times  so that undo sets their times back
/// @return what belongs in the journal
std::vector<FolderTime> make_again(const std::vector<RemovedFolder>& removed, FolderTimes& times);

}  // namespace echofold
