// Moves and their states -> records.
#include "engine/act/sync_store.h"

#include <algorithm>
#include <optional>
#include <span>

#include "engine/act/folder.h"
#include "index/error.h"

namespace echofold {
namespace {

constexpr std::size_t batch_records = 1000;

std::optional<Stamp> stamp_at(const std::string& path) {
  try {
    const auto status = look_at(path);
    if (status && S_ISREG(status->st_mode)) return stamp_of(*status);
  } catch (const Error&) {
    return std::nullopt;  // a drive that is away: the record keeps its stamp
  }
  return std::nullopt;
}

std::optional<TrackRecord> record_of(const Snapshot& snapshot, const Move& move) {
  auto record = snapshot.track(move.track);
  if (record && record->path == move.from) return record;
  const auto id = snapshot.find_path(move.from);
  return id ? snapshot.track(*id) : std::nullopt;
}

/// The record as it should be, or nothing when it is right or not ours to change.
std::optional<TrackRecord> corrected(const TrackRecord& record, const JournalEntry& entry) {
  if (record.path != entry.move.from) return std::nullopt;
  TrackRecord wanted = record;
  if (entry.state == MoveState::done) {
    // Another file stands at the old place since: the record is about that one now.
    if (record.place == TrackPlace::present && record.stamp != entry.move.stamp) return std::nullopt;
    wanted.place = TrackPlace::set_aside;
    wanted.set_aside_path = entry.move.to;
    wanted.stamp = entry.left;
  } else if (entry.state == MoveState::undone || entry.state == MoveState::skipped) {
    const bool aside = record.place == TrackPlace::set_aside && record.set_aside_path == entry.move.to;
    // Moved and brought back within one run: the store never heard of it, but a copy back is another inode.
    const bool unheard = entry.state == MoveState::undone && record.place == TrackPlace::present &&
                         record.stamp == entry.move.stamp;
    if (!aside && !unheard) return std::nullopt;
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

/// The record of a file that has its old bytes again: rebuilt, they have the old time under another inode.
TrackRecord rebuilt(TrackRecord record, const RewriteEntry& entry) {
  const Rewrite& rewrite = entry.rewrite;
  const auto now = stamp_at(rewrite.path);
  const bool back =
      now && now->size_bytes == rewrite.stamp.size_bytes && now->mtime_ns == rewrite.stamp.mtime_ns;
  record.place = TrackPlace::present;
  record.stamp = back ? *now : rewrite.stamp;
  if (entry.prepared->tags_before) record.tags = *entry.prepared->tags_before;
  return record;
}

/// As above. What the record says of the file is what it was, or what the run made it.
std::optional<TrackRecord> corrected(const TrackRecord& record, const RewriteEntry& entry) {
  const Rewrite& rewrite = entry.rewrite;
  if (record.path != rewrite.path || !entry.prepared) return std::nullopt;
  const bool present = record.place == TrackPlace::present;
  TrackRecord wanted = record;
  // A further name of the keeper's file is no track of its own; its fingerprint is kept for its return.
  const bool hard_link = rewrite.made_by == "hard_link";
  if (entry.state == MoveState::done && present && record.stamp == rewrite.stamp) {
    if (hard_link)
      wanted.place = TrackPlace::missing;
    else
      wanted.stamp = entry.left;
    if (entry.prepared->tags_after) wanted.tags = *entry.prepared->tags_after;
  } else if (entry.state == MoveState::undone) {
    const bool ours = hard_link ? record.place == TrackPlace::missing && record.stamp == rewrite.stamp
                                : present && record.stamp == entry.left;
    if (ours) wanted = rebuilt(record, entry);
  }
  return wanted == record ? std::nullopt : std::optional(wanted);
}

std::optional<TrackRecord> record_of(const Snapshot& snapshot, const JournalEntry& entry) {
  return record_of(snapshot, entry.move);
}

std::optional<TrackRecord> record_of(const Snapshot& snapshot, const RewriteEntry& entry) {
  return entry.rewrite.track == 0 ? std::nullopt : snapshot.track(entry.rewrite.track);
}

template <class Entry>
void sync(Store& store, const std::vector<Entry>& entries) {
  std::vector<TrackRecord> changes;
  {
    const Snapshot snapshot = store.snapshot();
    for (const Entry& entry : entries) {
      const auto record = record_of(snapshot, entry);
      if (auto wanted = record ? corrected(*record, entry) : std::nullopt)
        changes.push_back(*std::move(wanted));
    }
  }
  for (std::size_t start = 0; start < changes.size(); start += batch_records) {
    const auto batch = std::span(changes).subspan(start, std::min(batch_records, changes.size() - start));
    store.write([&](Writer& writer) {
      for (const TrackRecord& record : batch) writer.update_track(record);
    });
  }
}

}  // namespace

void sync_store(Store& store, const std::vector<JournalEntry>& entries) { sync(store, entries); }
void sync_store(Store& store, const std::vector<RewriteEntry>& entries) { sync(store, entries); }

}  // namespace echofold
