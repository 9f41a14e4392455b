// The names of runs sort by time, so the journals are read from the oldest to the newest.
#include "engine/act/journal/moved_tracks.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/move_step.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step_state.h"
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
  for (auto file = first; file != files.end(); ++file) {
    const JournalContents contents = read_journal(*file);
    for (const MoveStep& entry : moves_of(contents.steps)) {
      if (entry.state == StepState::intended || entry.state == StepState::skipped) continue;
      if (entry.move.purpose == MovePurpose::rename) {  // a keeper may have moved to its loser's place
        if (moved.keepers.contains(entry.move.from)) moved.keepers.insert(entry.move.to);
        continue;
      }
      if (entry.move.track == 0) continue;  // a partner file
      moved.losers.insert(entry.move.track);
      moved.keepers.insert(entry.move.keeper);
    }
  }
  return moved;
}

void mark_what_was_brought_back_before(Store& store) {
  constexpr std::string_view done_key = "kept";
  const auto files = journal_files(runs_dir(store));
  if (store.snapshot().meta(done_key)) return;
  std::set<TrackId> back;
  for (const auto& file : files) try {
      const JournalContents contents = read_journal(file);
      for (const MoveStep& entry : moves_of(contents.steps)) {
        if (entry.move.purpose == MovePurpose::rename) continue;
        if (entry.state == StepState::undone) back.insert(entry.move.track);
        if (entry.state == StepState::done) back.erase(entry.move.track);
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
