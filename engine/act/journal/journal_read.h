// Reads the journals of runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/step.h"

namespace echofold {

/// Everything a journal file says.
struct JournalContents {
  RunInfo info;
  Steps steps;                      ///< in the order in which they were announced, with their latest state
  std::vector<FolderTime> folders;  ///< by path, latest state
  std::vector<std::string> made_folders;       ///< folders that the run meant to make, outermost first
  std::vector<RemovedFolder> removed_folders;  ///< that it meant to remove, innermost first
};

/// @throws Error Fault::damaged if a line before the last fails its checksum, Fault::version, Fault::io
JournalContents read_journal(const std::filesystem::path& file);

/// True if the last complete line says that nothing is in doubt. Reads only the end of the file.
bool is_settled(const std::filesystem::path& file);

}  // namespace echofold
