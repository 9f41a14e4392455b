// Resolves paths with realpath(3), and takes paths apart.
#include "index/base/fs/path.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "index/base/error.h"
#include "index/base/handle.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t longest_extension_bytes = 16;

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string_view without_slashes_behind(std::string_view folder) noexcept {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  return folder;
}

/// For a path that does not exist: only its bytes can be normalised.
std::string lexically_absolute(const std::string& path) {
  std::error_code error;
  std::string absolute = std::filesystem::absolute(path, error).lexically_normal().native();
  if (error) return path;
  while (absolute.size() > 1 && absolute.ends_with('/')) absolute.pop_back();
  return absolute;
}

}  // namespace

std::string real_path(const std::string& path) {
  const Handle<char, std::free> resolved(::realpath(path.c_str(), nullptr));
  return resolved ? std::string(resolved.get()) : std::string();
}

std::string_view file_name_of(std::string_view path) noexcept { return path.substr(path.rfind('/') + 1); }

std::string_view folder_of(std::string_view path) noexcept {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return path.substr(0, std::max<std::size_t>(slash, 1));
}

bool is_inside(std::string_view path, std::string_view folder) noexcept {
  folder = without_slashes_behind(folder);
  if (folder == "/") return path.size() > 1 && path.front() == '/';
  return !folder.empty() && path.size() > folder.size() && path[folder.size()] == '/' &&
         path.starts_with(folder);
}

bool is_same_or_inside(std::string_view path, std::string_view folder) noexcept {
  folder = without_slashes_behind(folder);
  return (!folder.empty() && path == folder) || is_inside(path, folder);
}

std::string join_path(std::string_view folder, std::string_view name) {
  std::string path;
  path.reserve(folder.size() + 1 + name.size());
  path += folder;
  if (!path.ends_with('/')) path += '/';
  return path += name;
}

std::string extension_of(std::string_view path) {
  const std::string_view name = file_name_of(path);
  const auto dot = name.rfind('.');
  std::string extension;
  if (dot != std::string_view::npos) extension = name.substr(dot + 1);
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

std::string_view suffix_of(std::string_view name) noexcept {
  const auto dot = name.rfind('.');
  const bool is_one = dot != std::string_view::npos && dot > 0 && name.size() - dot > 1 &&
                      name.size() - dot <= longest_extension_bytes;
  return is_one ? name.substr(dot) : std::string_view();
}

SplitPath split_path(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? "" : path.substr(slash + 1);
  if (path.empty() || path.front() != '/' || name.empty() || name == "." || name == ".." ||
      path.find('\0') != std::string::npos)
    throw Error(Fault::usage, printable(path) + ": not a plain absolute path");
  return {slash == 0 ? "/" : path.substr(0, slash), name};
}

std::vector<std::string> outermost(std::vector<std::string> folders) {
  // With a slash at the end of each, an outer folder comes right before all folders inside it.
  const auto by_path = [](const std::string& a, const std::string& b) { return a + '/' < b + '/'; };
  std::sort(folders.begin(), folders.end(), by_path);
  std::vector<std::string> kept;
  for (std::string& folder : folders)
    if (kept.empty() || (kept.back() != folder && !is_inside(folder, kept.back())))
      kept.push_back(std::move(folder));
  std::sort(kept.begin(), kept.end());
  return kept;
}

const std::string& PathResolver::resolve_folder(const std::string& folder) {
  const auto [entry, is_new] = folders_.try_emplace(folder);
  if (is_new) entry->second = real_path(folder);
  return entry->second;
}

std::string PathResolver::absolute(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) return path;
  if (is_folder(path))
    if (std::string resolved = real_path(path); !resolved.empty()) return resolved;
  const auto slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (name.empty() || name == "." || name == "..") return lexically_absolute(path);
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const std::string& resolved = resolve_folder(folder);
  return resolved.empty() ? lexically_absolute(path) : join_path(resolved, name);
}

std::string absolute_path(const std::string& path) { return PathResolver().absolute(path); }

}  // namespace echofold
