// See given_paths.h.
#include "tools/given_paths.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "engine/library/media_names.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "tools/near_names.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

std::string home_of(const std::string& user) {
  if (user.empty())
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/') return home;
  std::vector<char> buffer(1 << 14);
  passwd entry{};
  passwd* found = nullptr;
  const int failure = user.empty() ? ::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found)
                                   : ::getpwnam_r(user.c_str(), &entry, buffer.data(), buffer.size(), &found);
  return failure == 0 && found != nullptr && found->pw_dir != nullptr && found->pw_dir[0] == '/'
             ? found->pw_dir
             : "";
}

/// Not there; what only can't be looked at is for the verb to tell.
bool is_missing(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::stat(path.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR))
    return false;
  return ::lstat(path.c_str(), &status) != 0;  // a link that leads nowhere has a reason of its own
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, error), end; !error && at != end;
       at.increment(error))
    names.push_back(at->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// As the user wrote it, where that differs.
std::string as_typed(const std::string& path, const Options& options) {
  for (const auto& [expanded, typed] : options.typed_paths)
    if (expanded == path) return typed;
  return path;
}

/// "`protect` in FILE:LINE: ", or nothing for what stood on the command line by itself.
std::string origin_of(const char* key, const Options& options) {
  for (const Setting& setting : options.settings)
    if (setting.key == key) {
      if (setting.origin == Origin::flag) return setting.where + ": ";
      if (!setting.where.empty()) return fmt::format("`{}` of {}: ", key, setting.where);
    }
  return {};
}

class Requirements {
 public:
  Requirements(const Options& options, const std::function<bool(const std::string&)>& is_known)
      : options_(options), is_known_(is_known) {}

  void folder(const std::string& path, const char* key) const {
    if (path.empty()) return;
    const std::string typed = as_typed(path, options_), from = origin_of(key, options_);
    if (!is_missing(path)) {
      if (!is_folder(path)) throw Error(Fault::usage, fmt::format("{}{} is no folder", from, typed));
      return;
    }
    if (!is_known_(absolute_path(path)))
      throw Error(Fault::usage, fmt::format("{}no such folder: {}{}", from, typed, nearest_path(typed)));
  }

  void any(const std::string& path, const char* key) const { require(path, key, "file or folder", true); }
  void file(const std::string& path) const { require(path, "", "file", false); }

 private:
  void require(const std::string& path, const char* key, const char* what, bool may_be_away) const {
    if (path.empty() || path == "-" || path.find('\0') != std::string::npos || !is_missing(path)) return;
    if (may_be_away && is_known_(absolute_path(path))) return;
    const std::string typed = as_typed(path, options_);
    throw Error(Fault::usage, fmt::format("{}no such {}: {}{}", origin_of(key, options_), what, typed,
                                          nearest_path(typed)));
  }

  const Options& options_;
  const std::function<bool(const std::string&)>& is_known_;
};

bool is_one_of(const std::string& verb, std::initializer_list<const char*> verbs) {
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

/// One of many that a shell or a script has listed, and that has gone since: a row of the scan, no slip.
bool is_file_of_a_list(const std::string& path, const Options& options) {
  const bool scans = is_one_of(options.verb, {"scan", "dedupe"});
  return scans && is_media_name(path) && is_folder(std::string(folder_of(absolute_path(path))));
}

}  // namespace

std::string with_home(const std::string& path) {
  if (!path.starts_with('~')) return path;
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::string home = home_of(path.substr(1, slash - 1));
  if (home.empty()) return path;
  const std::string rest = path.substr(slash);
  return home == "/" && !rest.empty() ? rest : home + rest;
}

void expand_home(Options& options) {
  const auto expand = [&](std::string& path) {
    std::string expanded = with_home(path);
    if (expanded == path) return;
    options.typed_paths.emplace_back(expanded, path);
    path = std::move(expanded);
  };
  for (std::string* path : {&options.db, &options.dups, &options.into, &options.files_from, &options.input,
                            &options.labels, &options.html, &options.relative, &options.log})
    expand(*path);
  for (auto* paths : {&options.paths, &options.protect, &options.watch_paths, &options.forget})
    for (std::string& path : *paths) expand(path);
}

std::string nearest_path(const std::string& path) {
  for (std::size_t at = path.find_first_not_of('/'); at != std::string::npos && at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (is_missing(with_home(path.substr(0, end)))) {
      const std::string before = path.substr(0, at), folder = with_home(before);
      const std::string near = nearest_name(path.substr(at, end - at), names_in(folder));
      if (near.empty()) return {};
      // What follows may be right, or have a slip of its own, which the next attempt shows.
      const std::string whole = before + near + path.substr(end);
      return fmt::format(" (did you mean `{}`?)", is_missing(with_home(whole)) ? before + near : whole);
    }
    at = path.find_first_not_of('/', end);
  }
  return {};
}

void require_given_paths(const Options& options, const std::function<bool(const std::string&)>& is_known) {
  const Requirements requirements(options, is_known);
  const std::string& verb = options.verb;
  if (is_one_of(verb, {"plan", "dedupe", "review", "export", "organize", "watch"}))
    for (const std::string& path : options.protect) requirements.folder(path, "protect");
  if (is_one_of(verb, {"scan", "dedupe", "organize", "tag"}))
    for (const std::string& path : options.paths)
      if (!is_file_of_a_list(path, options)) requirements.any(path, "");
  if (is_one_of(verb, {"query", "compare"}))
    for (const std::string& path : options.paths) requirements.file(path);
  if (verb == "watch")
    for (const std::string& path : options.paths.empty() ? options.watch_paths : options.paths)
      requirements.folder(path, options.paths.empty() ? "watch.paths" : "");
  if (is_one_of(verb, {"apply", "import"})) requirements.file(options.input);
  if (verb == "tune" && !options.verdicts) requirements.any(options.labels, "");
  if (verb == "export") requirements.folder(options.relative, "");
  requirements.file(options.files_from);
}

}  // namespace echofold
