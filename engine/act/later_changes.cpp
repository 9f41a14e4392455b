// Names of runs sort by time.
#include "engine/act/later_changes.h"

#include "engine/act/folder.h"
#include "engine/act/undo.h"
#include "index/error.h"

namespace echofold {
namespace {

bool has_moved(const JournalEntry& entry) {
  return entry.state == MoveState::done || entry.state == MoveState::restoring;
}

}  // namespace

LaterChanges changes_since(const Store& store, const JournalContents& run) {
  LaterChanges changes;
  std::map<std::string, TrackId> places;
  const Snapshot snapshot = store.snapshot();
  for (const JournalEntry& entry : run.entries) {
    if (!has_moved(entry)) continue;
    places.emplace(entry.move.to, entry.move.track);
    const auto track = entry.move.track == 0 ? std::nullopt : snapshot.track(entry.move.track);
    if (track && track->place == TrackPlace::present && track->path == entry.move.to)
      changes.known.emplace(track->path, track->stamp);
  }
  for (const auto& file : journal_files(runs_dir(store))) {
    if (file.stem() <= run.info.run) continue;
    try {
      const JournalContents later = read_journal(file);
      for (const JournalEntry& entry : later.entries) {
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

std::string moved_on_by(const Move& move, const LaterChanges& later) {
  for (const std::string& place : {move.to, move.from})
    if (const auto found = later.moved_on.find(place); found != later.moved_on.end())
      return shown(place) + ": the later run " + found->second + " moved it again; undo that run first";
  return "";
}

}  // namespace echofold
