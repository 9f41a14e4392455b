// Names in the set-aside folder.
#include "engine/act/files/places.h"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/own_names.h"
#include "index/base/fs/path.h"
#include "index/base/text/legal_name.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t longest_extension_bytes = 16;

std::string below(const std::string& path, const std::string& folder) {
  return folder == "/" ? path.substr(1) : path.substr(std::min(path.size(), folder.size() + 1));
}

bool has_hidden_part(const std::string& relative) {
  return relative.starts_with('.') || relative.find("/.") != std::string::npos;
}

/// The folder with all links resolved in the part of it that exists, because moves follow no link.
std::string resolved(const std::string& dir) {
  if (dir.empty()) return dir;
  if (dir.front() != '/')
    throw Error(Fault::usage, printable(dir) + ": the set-aside folder must be an absolute path");
  std::error_code failure;
  std::string path = std::filesystem::weakly_canonical(dir, failure).native();
  if (failure) throw system_error(failure.value(), printable(dir));
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

/// True if a scan of `root` would find what is in `dir`: `dir` or a folder above it is the root, by its path or as the
/// same folder under another path (a bind mount), and no part of the path below the root is hidden.
bool would_be_walked(const std::string& dir, const std::string& root) {
  if (is_same_or_inside(dir, root)) return !has_hidden_part(below(dir, root));
  const auto wanted = place_of(root);
  for (std::string path = dir; path != "/"; path = split_path(path).folder)
    if (const auto found = place_of(path); found && found == wanted)
      return !has_hidden_part(below(dir, path));
  return false;
}

}  // namespace

std::string numbered_name(const std::string& name, unsigned number) {
  const std::string suffix = " (" + std::to_string(number) + ")";
  const auto dot = name.rfind('.');
  const bool has_extension =
      dot != std::string::npos && dot > 0 && name.size() - dot <= longest_extension_bytes;
  const std::string extension = has_extension ? name.substr(dot) : "";
  std::string stem = name.substr(0, name.size() - extension.size());
  const std::size_t room = longest_name_bytes - suffix.size() - extension.size();
  if (stem.size() > room) {
    std::size_t end = room;
    while (end > 1 && (static_cast<unsigned char>(stem[end]) & 0xc0) == 0x80) --end;
    stem.resize(end);
  }
  return stem + suffix + extension;
}

SetAsidePlaces::SetAsidePlaces(const std::vector<Root>& roots, const std::string& set_aside_dir)
    : dir_(resolved(set_aside_dir)) {
  std::vector<Root> sorted = roots;
  std::sort(sorted.begin(), sorted.end(), [](const Root& a, const Root& b) {
    const bool a_is_scanned = a.scanned_at_s != 0, b_is_scanned = b.scanned_at_s != 0;
    return std::tuple(!a_is_scanned, a.path.size()) < std::tuple(!b_is_scanned, b.path.size());
  });
  for (Root& root : sorted) roots_.push_back(std::move(root.path));
  if (dir_.empty()) return;
  for (const std::string& root : roots_)
    if (would_be_walked(dir_, root))
      throw Error(Fault::usage, printable(dir_) + ": is inside the library folder " + printable(root) +
                                    ", where the next scan would find its files again; choose a folder "
                                    "outside, or a hidden one");
}

std::string SetAsidePlaces::root_of(const std::string& path) const {
  for (const std::string& root : roots_)
    if (path != root && is_same_or_inside(path, root)) return root;
  return split_path(path).folder;
}

SetAsidePlace SetAsidePlaces::place_for(const std::string& from, const std::string& run) {
  SetAsidePlace place;
  place.root = root_of(from);
  place.base = join_path(dir_.empty() ? join_path(place.root, set_aside_folder_name) : dir_, run);
  const std::string wanted = join_path(place.base, below(from, place.root));
  const SplitPath split = split_path(wanted);
  place.to = wanted;
  for (unsigned number = 2; claimed_.contains(place.to) || look_at(place.to); ++number)
    place.to = join_path(split.folder, numbered_name(split.name, number));
  claimed_.insert(place.to);
  return place;
}

std::vector<FolderToMake> SetAsidePlaces::missing_folders(const SetAsidePlace& place,
                                                          const std::set<std::string>& made) const {
  std::vector<FolderToMake> missing;
  for (std::string path = split_path(place.to).folder; path != "/" && !made.contains(path) && !look_at(path);
       path = split_path(path).folder) {
    const bool mirrors = is_same_or_inside(path, place.base);
    std::string like = mirrors ? join_path(place.root, below(path, place.base)) : split_path(path).folder;
    if (like.size() > 1 && like.back() == '/') like.pop_back();
    missing.push_back({path, std::move(like)});
  }
  std::reverse(missing.begin(), missing.end());
  return missing;
}

}  // namespace echofold
