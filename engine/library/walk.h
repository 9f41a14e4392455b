// Which files under the given paths are music to look at: names and stamps only. Nothing is opened but files whose names
// have no ending.
#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/record.h"

namespace echofold {

struct WalkSettings {
  /// Lower case, no dot. Compared without regard to case.
  std::vector<std::string> extensions = {"mp3", "flac", "m4a",  "mp4",  "aac", "wma", "wav",
                                         "ogg", "oga",  "opus", "aiff", "aif", "ape", "wv",
                                         "tta", "mka",  "dsf",  "dff",  "mpc"};
  std::vector<std::string> exclude_globs;  ///< fnmatch(3) against the whole path and against the last name
  bool include_trash = false;  ///< also look into trash and snapshot folders (index/base/fs/trash_folders.h)
};

/// Whether a name ends as one of settings.extensions, in whatever case.
bool is_music_name(std::string_view name, const WalkSettings& settings) noexcept;

/// Whether a walk leaves out a folder for its name: hidden, set aside, or trash.
/// @param parent  the name or path of the folder that it lies in
bool is_left_out(std::string_view parent, std::string_view name, const WalkSettings& settings) noexcept;

struct FoundFile {
  std::string path;  ///< absolute, raw bytes
  Stamp stamp;
  std::vector<std::string> link_paths;  ///< other names of the same inode under the walked roots, sorted
};

/// A path that could not be looked at, and why.
struct WalkFailure {
  std::string path;
  std::string message;
};

struct WalkResult {
  std::vector<FoundFile> files;       ///< sorted by path bytes; each inode once, under its first path
  std::vector<WalkFailure> failures;  ///< sorted by path
  std::vector<std::string>
      roots;  ///< the folders among the given paths: absolute, sorted, none inside another
  std::vector<std::string> trash_folders;  ///< that were left out and hold something, sorted
  std::vector<std::string>
      links;  ///< symbolic links to folders and to music, which were not followed, sorted
  /// Files that are music or video by their names, but not by WalkSettings::extensions: how many of each extension.
  /// Under "": files whose names have no ending, and which begin as music does.
  std::map<std::string, std::uint64_t> unlisted;
};

/// Walks folders and takes single files as given (a file named by the user is taken whatever its extension).
///
/// Symbolic links are not followed, except a given path itself, which stands for what it leads to. Hidden
/// files and folders, set-aside folders and trash are left out unless given by name; the globs leave out single
/// files too. A folder that can't be read is a failure and the walk goes on; so is a given path that does
/// not exist.
/// @throws Error Fault::interrupted
WalkResult walk(const std::vector<std::string>& paths, const WalkSettings& settings = {},
                const std::stop_token& stop = {});

}  // namespace echofold
