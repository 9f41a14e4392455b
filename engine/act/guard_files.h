// Small files that make music servers and search tools pass over what is set aside.
#pragma once

#include <string>

#include "engine/act/folder.h"

namespace echofold {

/// The folder that is guarded for a set-aside file: `.echofold-duplicates`, or in a folder of the user's choice, which may
/// hold other things, that of the run. Empty where `to` lies in neither.
std::string guarded_folder(const std::string& to, const std::string& run);

/// Puts `.ndignore` (Navidrome), `.plexignore` (Plex) and `.ignore` (rg, fd and others) into the folder where they are
/// missing. Each asks for all of the folder to be ignored. Best effort: what can't be written is left out.
void put_guards(const std::string& folder);

/// Removes them where nothing else is left in the folder and they are as put_guards wrote them, or a crash cut them off.
void remove_guards_if_alone(const std::string& folder);

/// True for the names of guard files.
bool is_guard_name(const std::string& name);

}  // namespace echofold
