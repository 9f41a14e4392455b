// See given_paths.h.
#include "tools/given_paths.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "engine/library/media_names.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "tools/home_path.h"
#include "tools/near_names.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

/// Whether it does not exist. A path that only can't be examined is not missing: the verb reports it.
bool is_missing(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::stat(path.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR))
    return false;
  return ::lstat(path.c_str(), &status) != 0;  // a link that leads nowhere exists itself
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

/// The path as the user wrote it.
std::string as_typed(const std::string& path, const GlobalOptions& options) {
  for (const auto& [expanded, typed] : options.typed_paths)
    if (expanded == path) return typed;
  return path;
}

/// "`protect` of FILE:LINE: ", "--protect: ", or nothing for an argument of the command line.
std::string origin_of(const char* key, const GlobalOptions& options) {
  for (const Setting& setting : options.config.settings)
    if (setting.key == key) {
      if (setting.origin == Origin::flag) return setting.where + ": ";
      if (!setting.where.empty()) return fmt::format("`{}` of {}: ", key, setting.where);
    }
  return {};
}

class Requirements {
 public:
  Requirements(const GlobalOptions& options, const std::function<bool(const std::string&)>& is_known)
      : options_(options), is_known_(is_known) {}

  void folder(const std::string& path, const char* key) const {
    if (path.empty()) return;
    const std::string typed = as_typed(path, options_), from = origin_of(key, options_);
    if (!is_missing(path)) {
      if (!is_folder(path)) throw Error(Fault::usage, fmt::format("{}{} is not a folder", from, typed));
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

  const GlobalOptions& options_;
  const std::function<bool(const std::string&)>& is_known_;
};

/// A file that a shell or a script may have listed among many, and that is gone since: a row of the scan, not a typing
/// error.
bool is_file_of_a_list(const std::string& path) {
  return is_media_name(path) && is_folder(std::string(folder_of(absolute_path(path))));
}

void require_sources(const SourceOptions& options, const Requirements& must_be) {
  for (const std::string& path : options.paths)
    if (!is_file_of_a_list(path)) must_be.any(path, "");
  must_be.file(options.files_from);
}

void require_protected(const std::vector<std::string>& folders, const Requirements& must_be) {
  for (const std::string& folder : folders) must_be.folder(folder, "protect");
}

// What must exist for each verb; a verb without an overload takes no such path, or does not use it.
template <class Verb>
void require_paths(const Verb&, const Requirements&) {}

void require_paths(const ScanOptions& options, const Requirements& must_be) {
  require_sources(options, must_be);
}
void require_paths(const ImportOptions& options, const Requirements& must_be) { must_be.file(options.input); }
void require_paths(const PlanOptions& options, const Requirements& must_be) {
  require_protected(options.protect, must_be);
}
void require_paths(const ApplyOptions& options, const Requirements& must_be) { must_be.file(options.input); }
void require_paths(const DedupeOptions& options, const Requirements& must_be) {
  require_protected(options.protect, must_be);
  require_sources(options, must_be);
}
void require_paths(const ReviewOptions& options, const Requirements& must_be) {
  require_protected(options.protect, must_be);
}
void require_paths(const QueryOptions& options, const Requirements& must_be) { must_be.file(options.file); }
void require_paths(const CompareOptions& options, const Requirements& must_be) {
  for (const std::string& file : options.files) must_be.file(file);
}
void require_paths(const ExportOptions& options, const Requirements& must_be) {
  require_protected(options.protect, must_be);
  must_be.folder(options.relative, "");
}
void require_paths(const TuneOptions& options, const Requirements& must_be) {
  if (!options.verdicts) must_be.any(options.labels, "");
}
void require_paths(const WatchOptions& options, const Requirements& must_be) {
  require_protected(options.protect, must_be);
  const bool are_usual = options.paths.empty();
  for (const std::string& path : are_usual ? options.usual_paths : options.paths)
    must_be.folder(path, are_usual ? "watch.paths" : "");
}
void require_paths(const OrganizeOptions& options, const Requirements& must_be) {
  require_protected(options.protect, must_be);
  for (const std::string& path : options.paths) must_be.any(path, "");
}
void require_paths(const TagOptions& options, const Requirements& must_be) {
  for (const std::string& path : options.paths) must_be.any(path, "");
}

}  // namespace

std::string nearest_path(const std::string& path) {
  for (std::size_t at = path.find_first_not_of('/'); at != std::string::npos && at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (is_missing(with_home(path.substr(0, end)))) {
      const std::string before = path.substr(0, at), folder = with_home(before);
      const std::string near = nearest_name(path.substr(at, end - at), names_in(folder));
      if (near.empty()) return {};
      // The rest may be right, or wrong as well, which the next attempt shows.
      const std::string whole = before + near + path.substr(end);
      return fmt::format(" (did you mean `{}`?)", is_missing(with_home(whole)) ? before + near : whole);
    }
    at = path.find_first_not_of('/', end);
  }
  return {};
}

void require_given_paths(const VerbOptions& options,
                         const std::function<bool(const std::string&)>& is_known) {
  std::visit([&](const auto& verb) { require_paths(verb, Requirements(verb, is_known)); }, options);
}

}  // namespace echofold
