// One path for one file: absolute, as bytes, without detours.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace echofold {

/// By realpath(3): no link is left in it. Empty when the system can't resolve it.
std::string real_path(const std::string& path);
/// The absolute form of `path` as bytes: no "." or "//" or trailing "/", ".." and links of the folder part
/// resolved, so that one file has one path. The last component is not followed when it is a file.
std::string absolute_path(const std::string& path);
/// The last component of an absolute path.
std::string_view file_name_of(std::string_view path) noexcept;
/// The folder an absolute path lies in; "/" for what lies there.
std::string_view folder_of(std::string_view path) noexcept;
/// Whether `path` lies in `folder`, at any depth. A folder is not inside itself, and nothing is inside an empty one.
/// Slashes at the end of `folder` don't count.
bool is_inside(std::string_view path, std::string_view folder) noexcept;
/// Likewise, and true for the folder itself.
bool is_same_or_inside(std::string_view path, std::string_view folder) noexcept;
/// `folder` / `name`.
std::string join_path(std::string_view folder, std::string_view name);
/// Lower case ASCII extension without the dot; empty when there is none.
std::string extension_of(std::string_view path);
/// The two parts of an absolute path. @throws Error Fault::usage unless it is absolute and plain (no "..")
struct SplitPath {
  std::string folder, name;
};
SplitPath split_path(const std::string& path);
/// The extension of a file name with its dot, at most 16 bytes; empty where there is none.
std::string_view suffix_of(std::string_view name) noexcept;
/// Sorts, drops what is given twice or lies in another of them.
std::vector<std::string> outermost(std::vector<std::string> folders);

/// absolute_path() for many paths: every folder is resolved once. One thread at a time.
class PathResolver {
 public:
  std::string absolute(const std::string& path);

 private:
  const std::string& resolve_folder(const std::string& folder);
  std::unordered_map<std::string, std::string> folders_;  ///< as given -> resolved; empty when it can't be
};

}  // namespace echofold
