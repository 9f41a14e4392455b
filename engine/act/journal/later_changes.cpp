// The names of runs sort by time, so a later run has a greater name.
#include "engine/act/journal/later_changes.h"

#include <sys/stat.h>

#include <set>
#include <utility>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/move_step.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step_state.h"
#include "index/base/error.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

bool has_moved(const MoveStep& entry) {
  return entry.state == StepState::done || entry.state == StepState::restoring;
}

/// The devices of the run's files that have another number now, or are not mounted, as their library folders show.
std::set<std::uint64_t> other_devices(const JournalContents& run) {
  std::set<std::uint64_t> devices;
  for (const MoveStep& entry : moves_of(run.steps)) {
    struct stat root {};
    if (has_moved(entry) &&
        (::lstat(entry.move.root.c_str(), &root) != 0 || root.st_dev != entry.move.stamp.device))
      devices.insert(entry.move.stamp.device);
  }
  return devices;
}

/// Looks at tracks whose stamps have the wanted device numbers: one that differs from its stamp only in the device
/// proves the new number.
std::map<std::uint64_t, std::uint64_t> renumbered_devices(const Snapshot& snapshot,
                                                          std::set<std::uint64_t> wanted) {
  std::map<std::uint64_t, std::uint64_t> found;
  if (wanted.empty()) return found;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place != TrackPlace::present || track.stamp.inode == 0 || !wanted.contains(track.stamp.device))
      return;
    struct stat now {};
    if (::lstat(track.path.c_str(), &now) != 0 || !is_same_but_device(track.stamp, now)) return;
    found.emplace(track.stamp.device, now.st_dev);
    wanted.erase(track.stamp.device);
  });
  return found;
}

}  // namespace

LaterChanges changes_since(const Store& store, const JournalContents& run) {
  LaterChanges changes;
  std::map<std::string, TrackId> places;
  const Snapshot snapshot = store.snapshot();
  for (const MoveStep& entry : moves_of(run.steps)) {
    if (!has_moved(entry)) continue;
    places.emplace(entry.move.to, entry.move.track);
    const auto track = entry.move.track == 0 ? std::nullopt : snapshot.track(entry.move.track);
    if (track && track->place == TrackPlace::present && track->path == entry.move.to)
      changes.known.emplace(track->path, track->stamp);
  }
  for (const Root& root : snapshot.roots()) changes.file_systems.emplace(root.path, root.file_system_id);
  changes.renumbered = renumbered_devices(snapshot, other_devices(run));
  for (const auto& file : journal_files(runs_dir(store))) {
    if (file.stem() <= run.info.run) continue;
    try {
      const JournalContents later = read_journal(file);
      for (const MoveStep& entry : moves_of(later.steps)) {
        const auto place = places.find(entry.move.from);
        if (place != places.end() && place->second == entry.move.track && has_moved(entry))
          changes.moved_on.emplace(entry.move.from, later.info.run);
      }
    } catch (const Error&) {
      continue;  // history() shows what is wrong with it
    }
  }
  return changes;
}

std::optional<std::string> moved_on_by(const Move& move, const LaterChanges& later) {
  for (const std::string& place : {move.to, move.from})
    if (const auto found = later.moved_on.find(place); found != later.moved_on.end())
      return printable(place) + ": the later run " + found->second + " moved it again; undo that run first";
  return std::nullopt;
}

}  // namespace echofold
