// See dedupe_sides.h.
#include "tools/stages/dedupe_sides.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>
#include <utility>

#include "engine/report/figures.h"
#include "index/base/error.h"
#include "index/base/fs/file_system_id.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"
#include "tools/library.h"

namespace echofold {
namespace {

constexpr std::string_view new_folders_key = "dedupe.new_folders";  // each folder ends with NUL

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_in_one(const std::string& path, const std::vector<std::string>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return is_inside(path, folder); });
}

/// The folders that were scanned as a whole, separated by whether they exist now.
struct KnownFolders {
  std::vector<std::string> there, away;
};

KnownFolders known_folders(const Snapshot& snapshot) {
  KnownFolders folders;
  for (const Root& root : snapshot.roots())
    if (root.scanned_at_s != 0) (is_folder(root.path) ? folders.there : folders.away).push_back(root.path);
  std::erase_if(folders.away, [&](const std::string& folder) { return is_in_one(folder, folders.there); });
  return folders;
}

DedupePaths everything_known(const Snapshot& snapshot) {
  const KnownFolders folders = known_folders(snapshot);
  DedupePaths paths;
  paths.scan = folders.there;
  std::map<std::string, std::uint64_t> away;
  bool any = !paths.scan.empty();
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place != TrackPlace::present || is_in_one(track.path, folders.there)) return;
    any = true;
    const auto folder = std::find_if(folders.away.begin(), folders.away.end(),
                                     [&](const std::string& f) { return is_inside(track.path, f); });
    struct stat status {};
    if (folder != folders.away.end())
      ++away[*folder];
    else if (::lstat(track.path.c_str(), &status) == 0)
      paths.scan.push_back(track.path);  // scanned singly
  });
  if (!any)
    throw Error(Fault::usage, "the library knows no folder yet: name the folders or files to look at");
  for (const auto& [folder, count] : away)
    spdlog::warn("{} is away: its {}", path_for_people(folder),
                 count_text(count, "track is left as it is", "tracks are left as they are"));
  if (paths.scan.empty()) throw Error(Fault::guard, "no folder of the library is there: are they mounted?");
  paths.under = paths.scan;
  return paths;
}

}  // namespace

DedupePaths dedupe_paths(const Store& store, const SourceOptions& options, const std::stop_token& stop) {
  if (options.paths.empty() && options.files_from.empty()) return everything_known(store.snapshot());
  DedupePaths paths;
  paths.scan = paths_to_scan(options, stop);  // a list on stdin can be read only once
  paths.under = absolute_paths(paths.scan);
  paths.are_new = true;
  return paths;
}

bool OtherFiles::is_there(const TrackRecord& track) {
  if (track.place == TrackPlace::imported) {
    ++imported_;
    return false;
  }
  struct stat status {};
  if (::lstat(track.path.c_str(), &status) != 0) {
    gone_.push_back(track.path);
    return false;
  }
  if (stamp_of(status) == track.stamp) return true;
  changed_.push_back(track.path);
  return false;
}

std::vector<std::string> OtherFiles::take_changed() {
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  return std::exchange(changed_, {});
}

void OtherFiles::warn_of_gone(const std::vector<Root>& roots) {
  std::sort(gone_.begin(), gone_.end());
  gone_.erase(std::unique(gone_.begin(), gone_.end()), gone_.end());
  std::map<std::string, std::uint64_t> counts;
  for (const std::string& path : std::exchange(gone_, {})) ++counts[root_around(path, roots)];
  for (const auto& [where, count] : counts) {
    const std::string folder = where;
    const auto root =
        std::find_if(roots.begin(), roots.end(), [&](const Root& r) { return r.path == folder; });
    const bool is_away = !is_folder(folder) || (root != roots.end() && root->file_system_id != 0 &&
                                                !is_on_file_system(folder, root->file_system_id));
    const std::string copies = count_text(count, "copy", "copies");
    const std::string shown = path_for_people(folder);
    if (is_away)
      spdlog::warn(
          "{} is away: {} of files here, known there, can't be compared now; nothing moves because of them",
          shown, copies);
    else
      spdlog::warn("{} of files here, known in {}, left {} place: `echofold scan {}` looks for {}", copies,
                   shown, count == 1 ? "its" : "their", shown, count == 1 ? "it" : "them");
  }
  if (std::exchange(imported_, 0) > 0)
    spdlog::warn("copies of files here are known only by `import`: nothing moves because of them");
}

std::string root_around(const std::string& path, const std::vector<Root>& roots) {
  std::string best;
  for (const Root& root : roots)
    if (is_inside(path, root.path) && (best.empty() || root.path.size() < best.size())) best = root.path;
  return best.empty() ? std::string(folder_of(path)) : best;
}

bool is_library_itself(const Snapshot& snapshot, const std::vector<std::string>& under) {
  constexpr std::uint64_t many = 1000, times = 4;
  std::uint64_t inside = 0, outside = 0;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place == TrackPlace::present) ++(is_in_one(track.path, under) ? inside : outside);
  });
  return inside >= many && inside >= times * outside;
}

void remember_new_folders(Store& store, const std::vector<std::string>& folders) {
  std::string text;
  for (const std::string& folder : folders) text += folder + '\0';
  if (store.snapshot().meta(new_folders_key) == text) return;
  store.write([&](Writer& writer) { writer.put_meta(new_folders_key, text); });
}

std::vector<std::string> remembered_new_folders(const Snapshot& snapshot) {
  std::vector<std::string> folders;
  const std::string text = snapshot.meta(new_folders_key).value_or("");
  for (std::size_t from = 0, end = 0; (end = text.find('\0', from)) != std::string::npos; from = end + 1)
    folders.push_back(text.substr(from, end - from));
  return folders;
}

std::string path_for_people(const std::string& path) {
  const char* home = std::getenv("HOME");
  const std::string folder = home == nullptr || *home != '/' ? std::string() : absolute_path(home);
  if (folder.size() > 1 && path == folder) return "~";
  if (folder.size() > 1 && is_inside(path, folder))
    return fmt::format("~{}", printable(path.substr(folder.size())));
  return printable(path);
}

}  // namespace echofold
