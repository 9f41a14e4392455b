// Names of runs sort by time.
#include "engine/act/journal/moved_tracks.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/act/journal/entry_state.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/dedupe/kept.h"
#include "index/base/error.h"

namespace echofold {

MovedTracks tracks_moved_since(const Store& store, const std::string& run) {
  const auto files = journal_files(runs_dir(store));
  const auto first = std::find_if(files.begin(), files.end(),
                                  [&](const std::filesystem::path& file) { return file.stem() == run; });
  if (first == files.end())
    throw Error(Fault::usage, "there is no run \"" + run + "\"; `history` lists the runs");
  MovedTracks moved;
  for (auto file = first; file != files.end(); ++file)
    for (const JournalEntry& entry : read_journal(*file).entries) {
      if (entry.state == MoveState::intended || entry.state == MoveState::skipped) continue;
      if (entry.move.purpose == MovePurpose::rename) {  // a keeper may have got its loser's place
        if (moved.keepers.contains(entry.move.from)) moved.keepers.insert(entry.move.to);
        continue;
      }
      if (entry.move.track == 0) continue;  // a partner of one
      moved.losers.insert(entry.move.track);
      moved.keepers.insert(entry.move.keeper);
    }
  return moved;
}

void mark_what_was_brought_back_before(Store& store) {
  constexpr std::string_view done_key = "kept";
  const auto files = journal_files(runs_dir(store));
  if (store.snapshot().meta(done_key)) return;
  std::set<TrackId> back;
  for (const auto& file : files) try {
      for (const JournalEntry& entry : read_journal(file).entries) {
        if (entry.move.purpose == MovePurpose::rename) continue;
        if (entry.state == MoveState::undone) back.insert(entry.move.track);
        if (entry.state == MoveState::done) back.erase(entry.move.track);
      }
    } catch (const Error&) {
      continue;
    }
  store.write([&](Writer& writer) {
    for (const TrackId track : back)
      if (writer.track(track)) mark_kept(writer, track);
    writer.put_meta(done_key, "marked");
  });
}

}  // namespace echofold
