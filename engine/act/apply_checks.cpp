// Plan against disk.
#include "engine/act/apply_checks.h"

#include "engine/act/copier.h"
#include "engine/act/folder.h"
#include "engine/disk/file_stamp.h"
#include "engine/partner/partners.h"
#include "index/error.h"

namespace echofold {
namespace {

void require_scanned(const TrackRecord& track) {
  if (track.place != TrackPlace::imported && track.stamp != Stamp{}) return;
  throw Error(Fault::usage, shown(track.path) +
                                ": its fingerprint was made elsewhere and imported; `apply` "
                                "needs files that were scanned. Nothing was moved");
}

std::string change_of(const TrackRecord& track, const std::string& role) {
  try {
    const auto now = look_at(track.path);
    if (!now) return shown(track.path) + ": " + role + "gone since the plan was made";
    const std::string change = difference(track.stamp, *now);
    if (change.empty()) return "";
    return shown(track.path) + ": " + role + "changed since the plan was made: " + change;
  } catch (const Error& e) {
    return e.what();
  }
}

/// A plan may have been edited by hand: no file that no scan has seen is moved, or moved for.
std::string stranger_in(const Snapshot& snapshot, const RemovalGroup& group) {
  const auto is_stranger = [&](const TrackRecord& track) {
    const auto id = snapshot.find_path(track.path);
    const auto record = id ? snapshot.track(*id) : std::nullopt;
    return !record || record->place == TrackPlace::imported;
  };
  const auto sentence = [](const TrackRecord& track) {
    return shown(track.path) + ": is no file of this library; scan it and make a new plan";
  };
  if (is_stranger(group.keep)) return sentence(group.keep);
  for (const TrackRecord& drop : group.drop)
    if (is_stranger(drop)) return sentence(drop);
  return "";
}

}  // namespace

void require_ours(const Store& store, const std::string& library_id,
                  const std::vector<RemovalGroup>& groups) {
  if (library_id != store.library_id())
    throw Error(Fault::usage, "the plan was made for another library (" + shown(library_id) +
                                  ", this one is " + store.library_id() +
                                  "); make a new plan. Nothing was moved");
  for (const RemovalGroup& group : groups) {
    require_scanned(group.keep);
    for (const TrackRecord& drop : group.drop) require_scanned(drop);
  }
}

std::string change_of_keeper(const TrackRecord& keep) {
  return change_of(keep, "the copy that is to stay: ");
}

bool has_equal_bytes(const TrackRecord& a, const TrackRecord& b) {
  if (a.stamp.size_bytes != b.stamp.size_bytes || is_one_file(a.path, b.path)) return false;
  try {
    const auto open = [](const std::string& path) {
      const SplitPath split = split_path(path);
      return open_to_read(Folder::open(split.folder), split.name);
    };
    return same_bytes(open(a.path).get(), open(b.path).get(), shown(a.path));
  } catch (const Error&) {
    return false;  // the move says what is wrong
  }
}

/// A hybrid WavPack file was planned as lossless for its correction file's sake (engine/dedupe/partner_guard).
std::string lost_correction(const Snapshot& snapshot, const TrackRecord& keep) {
  if (keep.properties.codec != "wavpack" || !keep.properties.lossless) return "";
  const auto record = snapshot.track(keep.id);
  DiskNames disk;
  if (!record || record->properties.lossless || Partners(disk).has_correction(keep.path)) return "";
  return shown(keep.path) +
         ": the copy that is to stay: its correction file (.wvc) is gone since the plan was made";
}

GroupCheck::GroupCheck(const Store& store, const std::vector<RemovalGroup>& groups) : store_(store) {
  for (const RemovalGroup& group : groups) {
    const Keeper keeper{group.number, group.keep.path};
    by_path_.emplace(group.keep.path, keeper);
    if (group.keep.stamp.inode != 0)
      by_inode_.emplace(std::pair(group.keep.stamp.device, group.keep.stamp.inode), keeper);
  }
}

const GroupCheck::Keeper* GroupCheck::keeper_that_is(const TrackRecord& drop) const {
  if (const auto keeper = by_path_.find(drop.path); keeper != by_path_.end()) return &keeper->second;
  const auto keeper = by_inode_.find({drop.stamp.device, drop.stamp.inode});
  return keeper != by_inode_.end() && is_one_file(drop.path, keeper->second.path) ? &keeper->second : nullptr;
}

std::string GroupCheck::why_not(const RemovalGroup& group) const {
  if (std::string why = change_of_keeper(group.keep); !why.empty()) return why;
  for (const TrackRecord& drop : group.drop) {
    if (std::string why = change_of(drop, ""); !why.empty()) return why;
    if (is_one_file(drop.path, group.keep.path))
      return shown(drop.path) + ": is the same file as the copy that is to stay, " + shown(group.keep.path);
    if (const Keeper* keeper = keeper_that_is(drop); keeper != nullptr)
      return shown(drop.path) + ": is the copy that is to stay in group " + std::to_string(keeper->group);
  }
  const Snapshot snapshot = store_.snapshot();
  if (std::string why = lost_correction(snapshot, group.keep); !why.empty()) return why;
  return stranger_in(snapshot, group);
}

}  // namespace echofold
