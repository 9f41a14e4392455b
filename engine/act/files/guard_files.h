// Small files that make music servers and search tools ignore what is set aside.
#pragma once

#include <optional>
#include <string>

namespace echofold {

/// The folder to guard for a set-aside file: `.echofold-duplicates`, or the run's own folder when the user chose the
/// set-aside folder, which may hold other things. Nothing if `to` lies in neither.
std::optional<std::string> guarded_folder(const std::string& to, const std::string& run);

/// Writes `.ndignore` (Navidrome), `.plexignore` (Plex) and `.ignore` (rg, fd and others) into the folder unless they
/// exist. Each of them excludes the whole folder. Best effort: errors are ignored.
void put_guards(const std::string& folder);

/// Removes them if the folder holds nothing else and they are as put_guards() wrote them, or cut short by a crash.
void remove_guards_if_alone(const std::string& folder);

/// True for the names of guard files.
bool is_guard_name(const std::string& name);

}  // namespace echofold
