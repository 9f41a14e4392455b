// See library.h.
#include "tools/library.h"

#include <spdlog/spdlog.h>

#include "engine/act/recovery/recover.h"
#include "engine/dedupe/waiting_answers.h"
#include "engine/library/walk.h"
#include "engine/report/figures.h"
#include "index/base/error.h"
#include "index/base/fs/input_stream.h"
#include "index/base/fs/path.h"
#include "tools/given_paths.h"
#include "tools/home_path.h"
#include "tools/options/parse.h"
#include "tools/stages/decoding.h"

namespace echofold {
namespace {

void read_paths(std::istream& in, char end, std::vector<std::string>& paths) {
  for (std::string line; std::getline(in, line, end);)
    if (!line.empty()) paths.push_back(with_home(line));
}

}  // namespace

void require_not_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Fault::interrupted, "interrupted");
}

std::vector<std::string> absolute_paths(const std::vector<std::string>& paths) {
  std::vector<std::string> absolute;
  absolute.reserve(paths.size());
  for (const std::string& path : paths) absolute.push_back(absolute_path(path));
  return absolute;
}

Store open_library(const GlobalOptions& options, bool create) {
  if (!create) Store::open_to_read(options.db);  // throws no_database instead of creating one
  Store store = Store::open(options.db);
  if (const auto resolved = recover(store); resolved > 0)
    spdlog::info("{} checked and recorded",
                 count_text(resolved, "file that an interrupted run had left open was",
                            "files that an interrupted run had left open were"));
  if (const auto answers = take_waiting_answers(store); answers > 0)
    spdlog::info("{} stored, given while another run had the library",
                 count_text(answers, "answer of a review was", "answers of a review were"));
  return store;
}

void require_given_paths(const VerbOptions& options) {
  require_given_paths(options, [&](const std::string& path) {
    try {
      const Store store = Store::open_to_read(global_options(options).db);
      const Snapshot snapshot = store.snapshot();
      for (const Root& root : snapshot.roots())
        if (is_inside(root.path, path)) return true;
      bool known = false;
      snapshot.for_each_track([&](const TrackRecord& track) {
        known = known || track.path == path || is_inside(track.path, path);
      });
      return known;
    } catch (const Error&) {
      return false;  // there is no library, or the verb reports what is wrong with it
    }
  });
}

Store open_for_plan(const GlobalOptions& options) {
  try {
    return open_library(options, false);
  } catch (const Error& e) {
    if (e.fault() != Fault::permission) throw;
  }
  Store store = Store::open_to_read(options.db);
  spdlog::info("the library can't be written to: it is read as it is");
  return store;
}

std::optional<Store> library_if_there(const GlobalOptions& options) {
  try {
    return Store::open_to_read(options.db);
  } catch (const Error& e) {
    if (e.fault() != Fault::no_database) throw;
    return std::nullopt;
  }
}

ScanSettings scan_settings(const WalkOptions& options) {
  ScanSettings settings;
  auto& extensions = settings.walk.extensions;
  extensions.insert(extensions.end(), options.extensions.begin(), options.extensions.end());
  settings.walk.exclude_globs = options.exclude;
  settings.walk.include_trash = options.include_trash;
  settings.reader = jailed_reader();
  settings.length = std::chrono::seconds(options.length_s);
  return settings;
}

ScanSettings scan_settings(const SourceOptions& options) {
  const WalkOptions& walk = options;
  ScanSettings settings = scan_settings(walk);
  settings.allow_vanished = options.allow_vanished;
  settings.remeasure = options.remeasure;
  return settings;
}

Thresholds thresholds_of(const MatchingOptions& options) {
  Thresholds thresholds;
  thresholds.auto_similarity = options.auto_similarity;
  thresholds.review_similarity = options.review_similarity;
  return thresholds;
}

MatchSettings match_settings(const MatchingOptions& options) {
  MatchSettings settings;
  settings.join.thresholds = thresholds_of(options);
  return settings;
}

PlanSettings plan_settings(const PlanningOptions& options) {
  PlanSettings settings;
  settings.thresholds = thresholds_of(options);
  settings.scope = options.scope;
  settings.rank.protected_folders = absolute_paths(options.protect);
  settings.again = options.again;
  return settings;
}

ApplySettings apply_settings(const ActingOptions& options) {
  ApplySettings settings;
  if (!options.dups.empty()) settings.set_aside_dir = absolute_path(options.dups);
  settings.link = options.link;
  settings.keep_path = options.keep_path;
  settings.protected_folders = absolute_paths(options.protect);
  return settings;
}

std::vector<std::string> paths_to_scan(const SourceOptions& options, const std::stop_token& stop) {
  std::vector<std::string> paths = options.paths;
  const char end = options.files_from_nul ? '\0' : '\n';
  if (!options.files_from.empty()) {
    InputStream in(options.files_from, stop);
    read_paths(in, end, paths);
    require_not_stopped(stop);
  }
  if (paths.empty()) throw Error(Fault::usage, "no paths given: name the folders or files to look at");
  return paths;
}

}  // namespace echofold
