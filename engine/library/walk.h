// Finds the music files under the given paths from names and stamps only. Opens no files except those whose names
// have no ending.
#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "index/base/error.h"
#include "index/model/record.h"

namespace echofold {

struct WalkSettings {
  /// Lower case, without the dot. Compared case-insensitively.
  std::vector<std::string> extensions = {"mp3", "flac", "m4a",  "mp4",  "aac", "wma", "wav",
                                         "ogg", "oga",  "opus", "aiff", "aif", "ape", "wv",
                                         "tta", "mka",  "dsf",  "dff",  "mpc"};
  /// fnmatch(3) against the whole path and against the last component
  std::vector<std::string> exclude_globs;
  bool include_trash = false;  ///< also walk trash and snapshot folders (index/base/fs/trash_folders.h)
};

/// Whether a name ends, in any case, with one of settings.extensions.
bool is_music_name(std::string_view name, const WalkSettings& settings) noexcept;

/// Whether a walk leaves out a folder because of its name: hidden, set-aside, or trash.
/// @param parent  the name or path of its parent folder
bool is_left_out(std::string_view parent, std::string_view name, const WalkSettings& settings) noexcept;

struct FoundFile {
  std::string path;  ///< absolute, raw bytes
  Stamp stamp;
  std::vector<std::string> link_paths;  ///< other names of the same inode under the walked roots, sorted
};

/// A path that could not be examined, and why.
struct WalkFailure {
  std::string path;
  Error error;
};

struct WalkResult {
  std::vector<FoundFile> files;       ///< sorted by path bytes; each inode once, under its first path
  std::vector<WalkFailure> failures;  ///< sorted by path
  /// the given folders: absolute, sorted, none inside another
  std::vector<std::string> roots;
  std::vector<std::string> trash_folders;  ///< those that were left out and are not empty, sorted
  /// symbolic links to folders and to music, which were not followed; sorted
  std::vector<std::string> links;
  /// Files whose names say music or video, but with none of WalkSettings::extensions: how many per extension. Under
  /// "": files whose names have no ending but which begin as music does.
  std::map<std::string, std::uint64_t> unlisted;
};

/// Walks the given folders, and takes single given files whatever their extension.
///
/// Symbolic links are not followed, except a given path itself, which stands for its target. Hidden files and
/// folders, set-aside folders and trash are left out unless they are given; the globs also exclude given files. If a
/// folder can't be read or a given path does not exist, that is recorded as a failure, and the walk continues.
/// @throws Error Fault::interrupted
WalkResult walk(const std::vector<std::string>& paths, const WalkSettings& settings = {},
                const std::stop_token& stop = {});

}  // namespace echofold
