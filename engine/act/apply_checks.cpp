// Compares the plan with the disk and the library.
#include "engine/act/apply_checks.h"

#include <string_view>
#include <utility>

#include "engine/act/files/copier.h"
#include "engine/dedupe/matched.h"
#include "engine/partner/partners.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

void require_scanned(const TrackRecord& track) {
  if (track.place != TrackPlace::imported && track.stamp != Stamp{}) return;
  throw Error(Fault::usage, printable(track.path) +
                                ": its fingerprint was made elsewhere and imported; `apply` "
                                "needs files that were scanned. Nothing was moved");
}

/// @param role  of the file in its group, for the message
std::optional<Error> change_of(const TrackRecord& track, const std::string& role) {
  const std::string what = printable(track.path) + ": " + role;
  try {
    const auto now = look_at(track.path);
    if (!now) return Error(Fault::missing, what + "gone since the plan was made");
    if (const auto change = difference(track.stamp, *now))
      return Error(Fault::changed, what + "changed since the plan was made: " + *change);
    return std::nullopt;
  } catch (const Error& e) {
    return e;
  }
}

/// The library's record of a file that a plan names; nothing if no scan has seen it.
std::optional<TrackRecord> known(const Snapshot& snapshot, const TrackRecord& planned) {
  const auto id = snapshot.find_path(planned.path);
  auto record = id ? snapshot.track(*id) : std::nullopt;
  return record && record->place != TrackPlace::imported ? std::move(record) : std::nullopt;
}

/// What the two files are, if they are not copies.
std::string_view words_of(Matched matched) noexcept {
  switch (matched) {
    case Matched::edit:
      return "the two are edits of one recording";
    case Matched::version:
      return "the two are versions of one work";
    case Matched::insufficient:
      return "the two have too little in common to tell";
    case Matched::kept_both:
      return "you said in a review that both stay";
    case Matched::strangers:
    case Matched::copies:
      break;
  }
  return "nothing matches between the two";
}

/// A plan may have been edited by hand. Why the group has to stay: no scan has seen its keeper or one of its losers,
/// or, with `must_match`, a loser is no copy of its keeper. Nothing if neither is so.
std::optional<Error> why_not_known_copies(const Snapshot& snapshot, const PlanGroup& group,
                                          const std::optional<Thresholds>& must_match) {
  const auto unknown = [](const TrackRecord& track) {
    return Error(Fault::usage,
                 printable(track.path) + ": is not in this library; scan it and make a new plan");
  };
  const auto keep = known(snapshot, group.keep.track);
  if (!keep) return unknown(group.keep.track);
  for (const PlanDrop& loser : group.drops) {
    const TrackRecord& planned = loser.file.track;
    const auto drop = known(snapshot, planned);
    if (!drop) return unknown(planned);
    if (!must_match) continue;
    const Matched pair = matched(snapshot, *keep, *drop, *must_match);
    if (pair != Matched::copies)
      return Error(Fault::guard, printable(planned.path) + ": is not a copy of the one that is to stay, " +
                                     printable(group.keep.track.path) + ": " + std::string(words_of(pair)) +
                                     "; make a new plan, or use --trust-plan if it is what you want");
  }
  return std::nullopt;
}

}  // namespace

void require_ours(const Store& store, const Plan& plan) {
  if (plan.library_id != store.library_id())
    throw Error(Fault::usage, "the plan was made for another library (" + printable(plan.library_id) +
                                  ", this one is " + store.library_id() +
                                  "); make a new plan. Nothing was moved");
  for (const PlanGroup& group : plan.groups) {
    require_scanned(group.keep.track);
    for (const PlanDrop& drop : group.drops) require_scanned(drop.file.track);
  }
}

std::optional<Error> change_of_keeper(const TrackRecord& keep) {
  return change_of(keep, "the copy that is to stay: ");
}

bool has_equal_bytes(const TrackRecord& a, const TrackRecord& b) {
  if (a.stamp.size_bytes != b.stamp.size_bytes || is_one_file(a.path, b.path)) return false;
  try {
    const auto open = [](const std::string& path) {
      const SplitPath split = split_path(path);
      return open_to_read(Folder::open(split.folder), split.name);
    };
    return same_bytes(open(a.path).get(), open(b.path).get(), printable(a.path));
  } catch (const Error&) {
    return false;  // the move reports what is wrong
  }
}

/// A hybrid WavPack file counts as lossless in a plan because of its correction file (engine/dedupe/partner_guard).
/// Why such a keeper is no longer as planned: that file is gone. Nothing if it is there.
std::optional<Error> lost_correction(const Snapshot& snapshot, const TrackRecord& keep) {
  if (keep.properties.codec != "wavpack" || !keep.properties.lossless) return std::nullopt;
  const auto record = snapshot.track(keep.id);
  DiskNames disk;
  if (!record || record->properties.lossless || Partners(disk).has_correction(keep.path)) return std::nullopt;
  return Error(Fault::missing,
               printable(keep.path) +
                   ": the copy that is to stay: its correction file (.wvc) is gone since the plan was made");
}

GroupCheck::GroupCheck(const Store& store, const Plan& plan, const std::optional<Thresholds>& must_match)
    : store_(store), must_match_(must_match) {
  for (const PlanGroup& group : plan.groups) {
    const TrackRecord& keep = group.keep.track;
    by_path_.emplace(keep.path, Keeper{group.number, keep.path});
    if (keep.stamp.inode != 0)
      by_inode_.emplace(std::pair(keep.stamp.device, keep.stamp.inode), Keeper{group.number, keep.path});
  }
}

const GroupCheck::Keeper* GroupCheck::keeper_that_is(const TrackRecord& drop) const {
  if (const auto keeper = by_path_.find(drop.path); keeper != by_path_.end()) return &keeper->second;
  const auto keeper = by_inode_.find({drop.stamp.device, drop.stamp.inode});
  return keeper != by_inode_.end() && is_one_file(drop.path, keeper->second.path) ? &keeper->second : nullptr;
}

std::optional<Error> GroupCheck::why_not(const PlanGroup& group) const {
  const TrackRecord& keep = group.keep.track;
  if (auto why = change_of_keeper(keep)) return why;
  for (const PlanDrop& loser : group.drops) {
    const TrackRecord& drop = loser.file.track;
    if (auto why = change_of(drop, "")) return why;
    if (is_one_file(drop.path, keep.path))
      return Error(Fault::guard, printable(drop.path) + ": is the same file as the copy that is to stay, " +
                                     printable(keep.path));
    if (const Keeper* keeper = keeper_that_is(drop); keeper != nullptr)
      return Error(Fault::guard, printable(drop.path) + ": is the copy that is to stay in group " +
                                     std::to_string(keeper->group));
  }
  const Snapshot snapshot = store_.snapshot();
  if (auto why = lost_correction(snapshot, keep)) return why;
  return why_not_known_copies(snapshot, group, must_match_);
}

}  // namespace echofold
