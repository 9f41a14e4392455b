// Makes the records match the steps and their states.
#include "engine/act/journal/sync_store.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "engine/act/journal/move_step.h"
#include "engine/act/journal/rewrite_step.h"
#include "engine/act/journal/step_state.h"
#include "engine/dedupe/kept.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/stamp.h"

namespace echofold {
namespace {

constexpr std::size_t batch_records = 1000;

/// The stamp of the file at `path`; nothing if no regular file is there; `unseen` if it can't be looked at now.
std::optional<Stamp> stamp_at(const std::string& path, const std::optional<Stamp>& unseen = std::nullopt) {
  try {
    const auto status = look_at(path);
    if (status && S_ISREG(status->st_mode)) return stamp_of(*status);
  } catch (const Error&) {
    return unseen;  // a drive that can't be reached
  }
  return std::nullopt;
}

std::optional<TrackRecord> record_of(const Snapshot& snapshot, const Move& move) {
  auto record = snapshot.track(move.track);
  if (record && record->path == move.from) return record;
  const auto id = snapshot.find_path(move.from);
  return id ? snapshot.track(*id) : std::nullopt;
}

/// The record as it should be, or nothing if it is right or must not be changed.
std::optional<TrackRecord> corrected(const TrackRecord& record, const MoveStep& entry) {
  if (entry.move.purpose != MovePurpose::set_aside || record.path != entry.move.from) return std::nullopt;
  TrackRecord wanted = record;
  if (entry.state == StepState::done) {
    // Another file is at the old place now, and the record is about that one.
    if (record.place == TrackPlace::present && record.stamp != entry.move.stamp) return std::nullopt;
    wanted.place = TrackPlace::set_aside;
    wanted.set_aside_path = entry.move.to;
    wanted.stamp = entry.left;
  } else if (entry.state == StepState::purged) {
    if (record.place != TrackPlace::set_aside || record.set_aside_path != entry.move.to) return std::nullopt;
    wanted.place = TrackPlace::missing;
    wanted.set_aside_path.clear();
  } else if (entry.state == StepState::undone || entry.state == StepState::skipped) {
    const bool aside = record.place == TrackPlace::set_aside && record.set_aside_path == entry.move.to;
    // Moved and brought back within one run: the store was never updated, but a file that was copied back has another
    // inode.
    const bool never_synced = entry.state == StepState::undone && record.place == TrackPlace::present &&
                              record.stamp == entry.move.stamp;
    if (!aside && !never_synced) return std::nullopt;
    wanted.place = TrackPlace::present;
    wanted.set_aside_path.clear();
    // A restored file with other bytes keeps the old stamp, so that the next scan reads it again.
    const auto now = stamp_at(entry.move.from);
    if (now && now->size_bytes == record.stamp.size_bytes && now->mtime_ns == entry.move.stamp.mtime_ns)
      wanted.stamp = *now;
    else
      wanted.stamp = entry.move.stamp;
  }
  return wanted == record ? std::nullopt : std::optional(wanted);
}

/// The record of a file that has its old bytes again. The rebuilt file has the old time, but another inode.
TrackRecord rebuilt(TrackRecord record, const RewriteStep& entry) {
  const Rewrite& rewrite = entry.rewrite;
  const auto now = stamp_at(rewrite.path);
  const bool back =
      now && now->size_bytes == rewrite.stamp.size_bytes && now->mtime_ns == rewrite.stamp.mtime_ns;
  record.place = TrackPlace::present;
  record.stamp = back ? *now : rewrite.stamp;
  if (entry.prepared->tags_before) record.tags = *entry.prepared->tags_before;
  return record;
}

/// As above. The record is changed only if it describes the file as it was before the run, or as the run left it.
std::optional<TrackRecord> corrected(const TrackRecord& record, const RewriteStep& entry) {
  const Rewrite& rewrite = entry.rewrite;
  if (record.path != rewrite.path || !entry.prepared) return std::nullopt;
  const bool present = record.place == TrackPlace::present;
  TrackRecord wanted = record;
  // A further name of the keeper's file is no track of its own. The record stays, so that its fingerprint is there
  // when the file comes back.
  const bool hard_link = rewrite.kind == RewriteKind::hard_link;
  if (entry.state == StepState::done && present && record.stamp == rewrite.stamp) {
    if (hard_link)
      wanted.place = TrackPlace::missing;
    else
      wanted.stamp = entry.left;
    if (entry.prepared->tags_after) wanted.tags = *entry.prepared->tags_after;
  } else if (entry.state == StepState::undone) {
    const bool ours = hard_link ? record.place == TrackPlace::missing && record.stamp == rewrite.stamp
                                : present && record.stamp == entry.left;
    if (ours) wanted = rebuilt(record, entry);
  }
  return wanted == record ? std::nullopt : std::optional(wanted);
}

/// Where the renames of one track have left its file, and all places of these renames, whether they were done or not.
struct RenameTrail {
  std::string at;
  Stamp stamp;
  std::set<std::string> places;
  std::vector<Stamp> stamps;  ///< that the file had there
};

std::map<TrackId, RenameTrail> rename_trails(StepsOf<MoveStep> moves) {
  std::map<TrackId, RenameTrail> trails;
  for (const MoveStep& entry : moves) {
    const Move& move = entry.move;
    if (move.purpose != MovePurpose::rename || move.track == 0) continue;
    const auto [trail, first] =
        trails.try_emplace(move.track, RenameTrail{move.from, move.stamp, {move.from}, {move.stamp}});
    trail->second.places.insert(move.to);
    if (entry.state != StepState::done || trail->second.at != move.from) continue;
    trail->second.at = move.to;
    trail->second.stamp = entry.left;
    trail->second.stamps.push_back(entry.left);
  }
  return trails;
}

/// The record with its file's present name; nothing if it is right or a scan has since found the file elsewhere.
std::optional<TrackRecord> renamed(const TrackRecord& record, const RenameTrail& trail) {
  if (record.place != TrackPlace::present || !trail.places.contains(record.path)) return std::nullopt;
  const auto now = stamp_at(trail.at, trail.stamp);
  if (!now) return std::nullopt;  // not mounted, or removed by another program: the next scan finds out
  TrackRecord wanted = record;
  wanted.path = trail.at;
  // A file that was copied there and back has another inode, and its time may be rounded. One with other bytes keeps
  // the stamp of the record: the next scan reads it.
  const bool ours = std::find(trail.stamps.begin(), trail.stamps.end(), record.stamp) != trail.stamps.end();
  const bool as_it_was =
      now->mtime_ns == record.stamp.mtime_ns || (ours && now->mtime_ns == trail.stamp.mtime_ns);
  if (now->size_bytes == record.stamp.size_bytes && as_it_was) wanted.stamp = *now;
  return wanted == record ? std::nullopt : std::optional(wanted);
}

void add_renames(const Snapshot& snapshot, StepsOf<MoveStep> moves, std::vector<TrackRecord>& changes) {
  for (const auto& [track, trail] : rename_trails(moves)) {
    const auto record = snapshot.track(track);
    if (auto wanted = record ? renamed(*record, trail) : std::nullopt) changes.push_back(*std::move(wanted));
  }
}

std::optional<TrackRecord> record_of(const Snapshot& snapshot, const MoveStep& entry) {
  return record_of(snapshot, entry.move);
}

std::optional<TrackRecord> record_of(const Snapshot& snapshot, const RewriteStep& entry) {
  return entry.rewrite.track == 0 ? std::nullopt : snapshot.track(entry.rewrite.track);
}

template <class Kind>
std::vector<TrackRecord> corrections(const Snapshot& snapshot, StepsOf<Kind> steps) {
  std::vector<TrackRecord> changes;
  for (const Kind& entry : steps) {
    const auto record = record_of(snapshot, entry);
    if (auto wanted = record ? corrected(*record, entry) : std::nullopt)
      changes.push_back(*std::move(wanted));
  }
  return changes;
}

/// Track -> whether it has to be marked as kept (engine/dedupe/kept), or has to lose the mark.
using KeptChanges = std::map<TrackId, bool>;

void leave_out_what_holds(const Snapshot& snapshot, KeptChanges& changes) {
  std::erase_if(changes,
                [&](const auto& change) { return is_kept(snapshot, change.first) == change.second; });
}

KeptChanges kept_changes(const Snapshot& snapshot, StepsOf<MoveStep> moves) {
  KeptChanges changes;
  for (const MoveStep& entry : moves) {
    if (entry.move.purpose != MovePurpose::set_aside || entry.move.track == 0) continue;
    const bool back = entry.state == StepState::undone && entry.by_user;
    if (!back && entry.state != StepState::done) continue;
    const auto record = record_of(snapshot, entry.move);
    if (!record || (back && record->place == TrackPlace::set_aside)) continue;  // a later run set it aside
    if (!back && record->set_aside_path != entry.move.to) continue;  // the record is about another file
    changes[record->id] = back;
  }
  leave_out_what_holds(snapshot, changes);
  return changes;
}

/// The same for copies that links replaced. The track of a hard link has no file of its own until it is taken back.
KeptChanges kept_changes(const Snapshot& snapshot, StepsOf<RewriteStep> rewrites) {
  KeptChanges changes;
  for (const RewriteStep& entry : rewrites) {
    if (!is_link(entry.rewrite.kind)) continue;
    const bool back = entry.state == StepState::undone && entry.by_user;
    if (!back && entry.state != StepState::done) continue;
    const auto record = record_of(snapshot, entry);
    if (!record || (back && record->place != TrackPlace::present)) continue;  // gone again by a later run
    changes[record->id] = back;
  }
  leave_out_what_holds(snapshot, changes);
  return changes;
}

void write(Store& store, const KeptChanges& kept) {
  if (kept.empty()) return;
  store.write([&](Writer& writer) {
    for (const auto& [track, mark] : kept) mark ? mark_kept(writer, track) : unmark_kept(writer, track);
  });
}

void write(Store& store, const std::vector<TrackRecord>& changes) {
  for (std::size_t start = 0; start < changes.size(); start += batch_records) {
    const auto batch = std::span(changes).subspan(start, std::min(batch_records, changes.size() - start));
    store.write([&](Writer& writer) {
      for (const TrackRecord& record : batch) writer.update_track(record);
    });
  }
}

void sync_moves(Store& store, StepsOf<MoveStep> moves) {
  std::vector<TrackRecord> changes;
  {
    const Snapshot snapshot = store.snapshot();
    changes = corrections(snapshot, moves);
    // Renames come last: a file may have got the name of one that was set aside, and the record written later gets
    // the path.
    add_renames(snapshot, moves, changes);
  }
  write(store, changes);
  const KeptChanges kept = kept_changes(store.snapshot(), moves);
  write(store, kept);
}

void sync_rewrites(Store& store, StepsOf<RewriteStep> rewrites) {
  // Two statements, because no snapshot may exist during a write.
  const std::vector<TrackRecord> changes = corrections(store.snapshot(), rewrites);
  write(store, changes);
  const KeptChanges kept = kept_changes(store.snapshot(), rewrites);
  write(store, kept);
}

}  // namespace

void sync_store(Store& store, std::span<const Step> steps) {
  sync_moves(store, moves_of(steps));
  sync_rewrites(store, rewrites_of(steps));  // after the paths are right
}

}  // namespace echofold
