// One path for one file: absolute, as bytes, without detours.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace echofold {

/// The last component of an absolute path.
std::string_view file_name_of(std::string_view path) noexcept;
/// The folder an absolute path lies in; "/" for what lies there.
std::string_view folder_of(std::string_view path) noexcept;
/// Whether `path` lies in `folder`, at any depth. A folder is not inside itself.
bool is_inside(std::string_view path, std::string_view folder) noexcept;
/// `folder` / `name`.
std::string join_path(std::string_view folder, std::string_view name);
/// Lower case ASCII extension without the dot; empty when there is none.
std::string extension_of(std::string_view path);
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
