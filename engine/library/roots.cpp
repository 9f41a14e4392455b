// Finds vanished tracks, and guards against implausible losses.
#include "engine/library/roots.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <unordered_set>

#include "index/base/error.h"
#include "index/base/fs/file_system_id.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/fs/trash_folders.h"

namespace echofold {
namespace {

using Number = KnownTracks::Number;
constexpr std::size_t few_tracks = 10;  ///< below this, losing half is not alarming

/// A set of folders that is queried for paths inside them; a query takes time in proportion to the path's depth.
class FolderSet {
 public:
  void insert(std::string_view folder) { folders_.insert(folder); }
  bool contains(std::string_view folder) const { return folders_.count(folder) != 0; }
  /// Whether `path` is one of them or lies inside one.
  bool covers(std::string_view path) const {
    if (folders_.empty()) return false;
    while (folders_.count(path) == 0) {
      if (path.size() <= 1) return false;
      path = folder_of(path);
    }
    return true;
  }

 private:
  std::unordered_set<std::string_view> folders_;
};

FolderSet failed_paths(const WalkResult& walked) {
  FolderSet failed;
  for (const WalkFailure& failure : walked.failures) failed.insert(failure.path);
  return failed;
}

std::vector<std::string> readable_roots(const WalkResult& walked) {
  const FolderSet failed = failed_paths(walked);
  std::vector<std::string> roots;
  for (const std::string& root : walked.roots)
    if (!failed.contains(root)) roots.push_back(root);
  return roots;
}

/// The outermost root that was scanned as a whole and contains `path`; null if there is none.
const Root* scanned_root_around(const std::string& path, std::span<const Root> stored) {
  const Root* found = nullptr;
  for (const Root& root : stored)
    if (root.scanned_at_s != 0 && is_inside(path, root.path) &&
        (found == nullptr || root.path.size() < found->path.size()))
      found = &root;
  return found;
}

bool is_gone(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/// The walked files are sorted, so those inside a folder are adjacent.
bool shows_files(const WalkResult& walked, const std::string& folder) {
  const std::string prefix = folder == "/" ? folder : folder + '/';
  const auto at =
      std::lower_bound(walked.files.begin(), walked.files.end(), prefix,
                       [](const FoundFile& file, const std::string& path) { return file.path < path; });
  return at != walked.files.end() && at->path.starts_with(prefix);
}

/// A folder to judge, and the root that contains it.
struct JudgedFolder {
  std::string path;
  std::uint64_t stored_file_system = 0;  ///< at its last scan, or at that of the root around it
  std::string around;                    ///< empty: no root contains it
};

/// Whether everything that vanished from a folder was on the same file system that is mounted there now. Device
/// numbers change from boot to boot, so those of tracks that still exist count as well.
bool were_on_this_file_system(const KnownTracks& known, std::span<const Number> vanished,
                              const JudgedFolder& folder) {
  struct stat status {};
  if (::stat(folder.path.c_str(), &status) != 0 || folder.stored_file_system == 0 ||
      !is_on_file_system(folder.path, folder.stored_file_system))
    return false;
  std::unordered_set<std::uint64_t> devices{status.st_dev};
  const std::string& with = folder.around.empty() ? folder.path : folder.around;
  for (Number number = 0; number < known.size(); ++number)
    if (known[number].seen && is_inside(known.path(known[number]), with))
      devices.insert(known[number].stamp.device);
  return std::all_of(vanished.begin(), vanished.end(), [&](Number number) {
    return !is_inside(known.path(known[number]), folder.path) || devices.contains(known[number].stamp.device);
  });
}

/// How many known tracks are in their place with unchanged inode, size and time. If there are many, it is the same
/// file system, even if its id has changed.
std::size_t unchanged_inside(const KnownTracks& known, const WalkResult& walked, const std::string& root) {
  return static_cast<std::size_t>(
      std::count_if(walked.files.begin(), walked.files.end(), [&](const FoundFile& file) {
        const auto number = is_inside(file.path, root) ? known.find_path(file.path) : std::nullopt;
        return number && known[*number].place == TrackPlace::present &&
               is_unchanged(known[*number].stamp, file.stamp);
      }));
}

void guard_root(const KnownTracks& known, const WalkResult& walked, std::span<const Number> vanished,
                const JudgedFolder& folder) {
  const std::string& root = folder.path;
  const std::uint64_t stored_file_system = folder.stored_file_system;
  const auto inside = [&](const KnownTrack& track) {
    const std::string_view path = known.path(track);
    return is_inside(path, root) && !is_in_trash(path, root);
  };
  const auto lost = static_cast<std::size_t>(
      std::count_if(vanished.begin(), vanished.end(), [&](Number number) { return inside(known[number]); }));
  if (lost == 0) return;
  std::size_t had = 0, all = 0;
  for (Number number = 0; number < known.size(); ++number) {
    if (known[number].place != TrackPlace::present) continue;
    ++all;
    had += inside(known[number]) ? 1 : 0;
  }
  if ((!folder.around.empty() || had * 2 < all) && were_on_this_file_system(known, vanished, folder)) return;

  const auto stop = [](const std::string& what) {
    throw Error(Fault::guard, what + " (nothing was changed; --allow-vanished goes on anyway)");
  };
  if (!shows_files(walked, root))
    stop(fmt::format("no file was found in {}, where {} tracks were known: is it mounted?", root, had));
  if (had >= few_tracks && lost * 2 > had)
    stop(fmt::format("{} of the {} tracks known in {} have vanished", lost, had, root));
  if (stored_file_system != 0 && file_system_id(root) != 0 && !is_on_file_system(root, stored_file_system) &&
      unchanged_inside(known, walked, root) * 2 < had)
    stop(fmt::format(
        "another file system than before is mounted at {}, and {} of the {} tracks known there are not on it",
        root, lost, had));
}

}  // namespace

std::vector<Number> find_vanished(const KnownTracks& known, const WalkResult& walked) {
  const std::vector<std::string> readable = readable_roots(walked);
  FolderSet roots;
  for (const std::string& root : readable) roots.insert(root);
  const FolderSet failed = failed_paths(walked);
  std::vector<Number> vanished;
  for (Number number = 0; number < known.size(); ++number) {
    const KnownTrack& track = known[number];
    if (track.seen || track.place != TrackPlace::present) continue;
    const std::string_view path = known.path(track);
    if (roots.covers(path) && !failed.covers(path) && is_gone(std::string(path))) vanished.push_back(number);
  }
  return vanished;
}

std::vector<Number> find_left_in_trash(const KnownTracks& known, const WalkResult& walked) {
  const std::vector<std::string> readable = readable_roots(walked);
  const FolderSet failed = failed_paths(walked);
  std::vector<Number> left;
  for (Number number = 0; number < known.size(); ++number) {
    const KnownTrack& track = known[number];
    if (track.seen || track.place != TrackPlace::present) continue;
    const std::string_view path = known.path(track);
    const auto root = std::find_if(readable.begin(), readable.end(),
                                   [&](const std::string& folder) { return is_inside(path, folder); });
    if (root != readable.end() && is_in_trash(path, *root) && !failed.covers(path)) left.push_back(number);
  }
  return left;
}

void guard_roots(const KnownTracks& known, const WalkResult& walked, std::span<const Number> vanished,
                 std::span<const Root> stored) {
  if (vanished.empty()) return;
  const auto stored_root = [&](const std::string& path) {
    return std::find_if(stored.begin(), stored.end(), [&](const Root& root) { return root.path == path; });
  };
  for (const std::string& path : readable_roots(walked)) {
    const auto before = stored_root(path);
    const Root* around = scanned_root_around(path, stored);
    guard_root(known, walked, vanished,
               {path,
                around != nullptr        ? around->file_system_id
                : before == stored.end() ? 0
                                         : before->file_system_id,
                around == nullptr ? "" : around->path});
    for (const Root& inner : stored)
      if (inner.scanned_at_s != 0 && is_inside(inner.path, path))
        guard_root(known, walked, vanished, {inner.path, inner.file_system_id, path});
  }
}

std::vector<Root> roots_after_scan(const WalkResult& walked, std::span<const Root> stored, std::time_t now) {
  std::vector<Root> roots;
  for (const std::string& path : readable_roots(walked))
    if (scanned_root_around(path, stored) == nullptr) roots.push_back({path, file_system_id(path), now});

  FolderSet covered;
  for (const std::string& path : walked.roots) covered.insert(path);
  for (const Root& root : stored) covered.insert(root.path);
  std::vector<std::string> parents;
  std::string_view last;
  for (const FoundFile& file : walked.files) {
    const std::string_view folder = folder_of(file.path);
    if (folder == last) continue;
    last = folder;
    if (!covered.covers(folder)) parents.emplace_back(folder);
  }
  for (const std::string& path : outermost(std::move(parents)))
    roots.push_back({path, file_system_id(path), 0});
  return roots;
}

}  // namespace echofold
