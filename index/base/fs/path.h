// Paths as bytes: absolute, and one path for one file.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace echofold {

/// The path without links, as realpath(3) gives it. Empty when the system can't resolve it.
std::string real_path(const std::string& path);
/// The absolute form of `path`: no ".", "//" or trailing "/"; ".." and links of the folder part are resolved, so that
/// one file has one path. The last component is not followed when it is a link to a file.
std::string absolute_path(const std::string& path);
/// The last component of an absolute path.
std::string_view file_name_of(std::string_view path) noexcept;
/// The folder of an absolute path; "/" for an entry of the root folder.
std::string_view folder_of(std::string_view path) noexcept;
/// Whether `path` is in `folder`, at any depth. A folder is not inside itself, and nothing is inside an empty path.
/// Slashes at the end of `folder` don't count.
bool is_inside(std::string_view path, std::string_view folder) noexcept;
/// The same, but also true for the folder itself.
bool is_same_or_inside(std::string_view path, std::string_view folder) noexcept;
/// `folder` / `name`.
std::string join_path(std::string_view folder, std::string_view name);
/// The extension in lower case ASCII, without the dot; empty when there is none.
std::string extension_of(std::string_view path);
/// The two parts of an absolute path. @throws Error Fault::usage unless it is absolute and plain (no "..")
struct SplitPath {
  std::string folder, name;
};
SplitPath split_path(const std::string& path);
/// The extension of a file name with its dot, at most 16 bytes; empty when there is none.
std::string_view suffix_of(std::string_view name) noexcept;
/// Sorts the folders, and leaves out those that come twice or are inside another one.
std::vector<std::string> outermost(std::vector<std::string> folders);

/// absolute_path() for many paths: every folder is resolved once. Not thread-safe.
class PathResolver {
 public:
  std::string absolute(const std::string& path);

 private:
  const std::string& resolve_folder(const std::string& folder);
  std::unordered_map<std::string, std::string> folders_;  ///< as given -> resolved; empty when that failed
};

}  // namespace echofold
