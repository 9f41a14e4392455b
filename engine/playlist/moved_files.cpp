// Looks up a path as it is, with links resolved, by folded name, by stem, and by its end.
#include "engine/playlist/moved_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <utility>

#include "engine/partner/stem.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

constexpr int most_links = 40;  // the kernel's limit

std::string folder_part(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// The target of the link at `path`; empty if there is none.
std::string link_at(const std::string& path) {
  char text[PATH_MAX];
  const ssize_t n = ::readlink(path.c_str(), text, sizeof text);
  return n <= 0 ? std::string() : std::string(text, static_cast<std::size_t>(n));
}

template <class Map>
void add_unique(Map& map, std::string key, const NewPlaces::value_type* file) {
  const auto [at, added] = map.try_emplace(std::move(key), file);
  if (!added) at->second = nullptr;
}

}  // namespace

std::string normalised(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().native();
}

MovedFiles::MovedFiles(NewPlaces places, std::vector<std::string> roots)
    : places_(std::move(places)), roots_(std::move(roots)) {
  for (const auto& file : places_) {
    add_unique(folded_, folded(file.first), &file);
    add_stem(file);
    names_.emplace(folded(name_part(file.first)), &file);
  }
}

/// A piece of music and its partners share a stem before and after.
void MovedFiles::add_stem(const NewPlaces::value_type& file) {
  const auto [at, added] = stems_.try_emplace(path_without_extension(file.first), &file);
  if (!added && at->second != nullptr &&
      path_without_extension(at->second->second) != path_without_extension(file.second))
    at->second = nullptr;
}

bool MovedFiles::is_there(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

/// If a folder is gone, the existing part of its path is resolved.
const std::string& MovedFiles::resolved_folder(const std::string& folder) {
  if (const auto known = folders_.find(folder); known != folders_.end()) return known->second;
  std::string real = real_path(folder);
  if (real.empty() && folder != "/") {
    const std::string name = name_part(folder);
    real = name.empty() || name == "." || name == ".."
               ? normalised(folder)
               : join_path(resolved_folder(folder_part(folder)), name);
  }
  return folders_.emplace(folder, real.empty() ? "/" : std::move(real)).first->second;
}

/// If the file itself is gone, realpath(3) fails, but its folder and the links to it still exist.
std::string MovedFiles::resolved(const std::string& path, int links_left) {
  std::string place = join_path(resolved_folder(folder_part(path)), name_part(path));
  const std::string link = links_left > 0 ? link_at(place) : std::string();
  if (link.empty()) return place;
  return resolved(link.front() == '/' ? link : join_path(folder_part(place), link), links_left - 1);
}

std::string MovedFiles::through_link(const std::string& path, const std::string& place) {
  for (std::string folder = folder_part(normalised(path)); folder != "/"; folder = folder_part(folder)) {
    const std::string& real = resolved_folder(folder);
    if (real == folder) break;  // there is no link above it either
    if (real != "/" && is_same_or_inside(place, real)) return folder + place.substr(real.size());
  }
  return place;
}

std::optional<std::string> MovedFiles::place_of(const std::string& path) {
  const std::string plain = normalised(path);
  if (const auto file = places_.find(plain); file != places_.end()) return file->second;
  const auto file = places_.find(resolved(path, most_links));
  return file == places_.end() ? std::nullopt : std::optional(through_link(path, file->second));
}

std::optional<std::string> MovedFiles::place_of_folded(const std::string& path) const {
  const auto found = folded_.find(folded(normalised(path)));
  return found == folded_.end() || found->second == nullptr ? std::nullopt
                                                            : std::optional(found->second->second);
}

std::optional<std::string> MovedFiles::place_of_stem(const std::string& path) const {
  const std::string plain = normalised(path);
  const std::string stem = path_without_extension(plain);
  const auto file = stems_.find(stem);
  if (file == stems_.end() || file->second == nullptr) return std::nullopt;
  return path_without_extension(file->second->second) + plain.substr(stem.size());
}

const NewPlaces::value_type* MovedFiles::find_by_tail(const std::string& path) const {
  const std::string name = folded(name_part(path));
  const std::string folder = folded(name_part(folder_part(path)));
  // "C:" and the name of a machine are not folders.
  const bool has_folder = !folder.empty() && !folder.ends_with(':') && folder != ".." && folder != ".";
  const NewPlaces::value_type* found = nullptr;
  const auto [first, last] = names_.equal_range(name);
  for (auto at = first; at != last; ++at) {
    if (has_folder && folded(name_part(folder_part(at->second->first))) != folder) continue;
    if (found != nullptr) return nullptr;
    found = at->second;
  }
  return found;
}

}  // namespace echofold
