// Takes a run back: the files last first, then the folders, then the records.
#include "engine/act/recovery/undo.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/later_changes.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/clear_away.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/restore.h"
#include "engine/act/recovery/restore_move.h"
#include "index/base/error.h"
#include "index/base/text/folding.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

std::string newest_to_take_back(const Store& store) {
  for (const RunInfo& info : history(store))
    if (info.can_be_taken_back()) return info.run;
  throw Error(Fault::usage, "there is no run to take back; `history` lists the runs");
}

std::filesystem::path journal_of(const Store& store, const std::string& run) {
  for (auto& file : journal_files(runs_dir(store)))
    if (file.stem() == run) return file;
  throw Error(Fault::usage, "there is no run \"" + printable(run) + "\"; `history` lists the runs");
}

void require_something_to_take_back(const RunInfo& info) {
  if (info.can_be_taken_back()) return;
  if (info.moves_purged > 0)
    throw Error(Fault::usage, "run " + info.run + " was purged: " + std::to_string(info.moves_purged) +
                                  (info.moves_purged == 1 ? " file that it had" : " files that it had") +
                                  " set aside was deleted for good, and nothing else is left to take back");
  if (info.moves_undone + info.rewrites_undone > 0)
    throw Error(Fault::usage, "run " + info.run + " is already taken back");
  throw Error(Fault::usage, "run " + info.run + " changed nothing, so there is nothing to take back");
}

/// Whether the step is not taken back: old playlists and cue sheets would name files that were purged.
bool stays(const Step& step, const RunInfo& info) {
  const auto* rewrite = std::get_if<RewriteStep>(&step);
  return info.moves_purged > 0 && rewrite != nullptr &&
         (rewrite->rewrite.kind == RewriteKind::playlist || rewrite->rewrite.kind == RewriteKind::cue_sheet);
}

std::vector<Step*> last_first(JournalContents& contents) {
  std::vector<Step*> steps;
  for (auto step = contents.steps.rbegin(); step != contents.steps.rend(); ++step)
    if (outcome(*step).state == StepState::done && !stays(*step, contents.info)) steps.push_back(&*step);
  return steps;
}

/// The track whose file the step had set aside or replaced with a link. 0: none.
TrackId track_sent_away(const Step& step) {
  if (const auto* move = std::get_if<MoveStep>(&step))
    return move->move.purpose == MovePurpose::set_aside ? move->move.track : 0;
  const Rewrite& rewrite = std::get<RewriteStep>(step).rewrite;
  return is_link(rewrite.kind) ? rewrite.track : 0;
}

/// Announces the next moves to be taken back: as many as share no place, because recovery looks at each one alone.
/// @return the step at which the next call has to begin
std::size_t announce(Journal& journal, const std::vector<Step*>& steps, std::size_t next,
                     FolderTimes& times) {
  std::vector<StepId> announced;
  std::vector<std::string> folders;
  std::set<std::string> places;
  for (; next < steps.size(); ++next) {
    const auto* step = std::get_if<MoveStep>(steps[next]);
    if (step == nullptr) continue;
    const std::string from = folded(step->move.from), to = folded(step->move.to);
    if (places.contains(from) || places.contains(to)) break;
    places.insert({from, to});
    announced.push_back(id_of(*step));
    for (std::string& folder : folders_of(step->move)) folders.push_back(std::move(folder));
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  if (!announced.empty()) journal.restoring(announced, times.about_to_restore(folders));
  return next;
}

/// Takes out and returns the steps for which a later run has to be taken back first; their notes name it. They leave no
/// trace in the journal: the folder times are still those that the runs left.
std::vector<const Step*> take_out_moved_on(std::vector<Step*>& steps, const LaterChanges& later) {
  std::vector<const Step*> moved_on;
  std::erase_if(steps, [&](Step* step) {
    auto* move = std::get_if<MoveStep>(step);
    auto why = move == nullptr ? std::nullopt : moved_on_by(move->move, later);
    if (!why) return false;
    move->note = *std::move(why);
    moved_on.push_back(step);
    return true;
  });
  return moved_on;
}

/// The step as restore() would leave it.
Step restored(Step step, const LaterChanges& later) {
  const auto* move = std::get_if<MoveStep>(&step);
  Restored found = move != nullptr ? could_restore(*move, later) : Restored{true, ""};
  outcome(step).state = found.back ? StepState::undone : StepState::done;
  outcome(step).note = std::move(found.note);
  return step;
}

}  // namespace

Steps preview_undo(const Store& store, const std::string& run) {
  JournalContents contents = read_journal(journal_of(store, run.empty() ? newest_to_take_back(store) : run));
  require_something_to_take_back(contents.info);
  const LaterChanges later = changes_since(store, contents);
  std::vector<Step*> steps = last_first(contents);
  Steps preview;
  for (const Step* step : take_out_moved_on(steps, later)) preview.push_back(*step);
  for (const Step* step : steps) preview.push_back(restored(*step, later));
  return preview;
}

UndoSummary undo(Store& store, const std::string& run, const std::function<void(const Step&)>& on_step) {
  recover(store);
  const auto file = journal_of(store, run.empty() ? newest_to_take_back(store) : run);
  JournalContents contents = read_journal(file);
  require_something_to_take_back(contents.info);
  UndoSummary summary;
  summary.run = contents.info.run;
  const LaterChanges later = changes_since(store, contents);
  std::vector<Step*> steps = last_first(contents);
  for (const Step* step : take_out_moved_on(steps, later)) {
    ++summary.skipped;
    if (on_step) on_step(*step);
  }
  if (steps.empty() && summary.skipped > 0) return summary;  // nothing else is left to do
  FolderTimes times(contents.folders);
  Journal journal = Journal::reopen(file);
  journal.undo_begins();
  if (!contents.removed_folders.empty()) journal.note_times(make_again(contents.removed_folders, times));
  std::size_t announced = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i == announced) announced = announce(journal, steps, i, times);
    Step& step = *steps[i];
    const Restored restored = restore(journal, step, times, contents.steps, later);
    outcome(step).by_user = restored.back;
    ++(restored.back ? summary.restored : summary.skipped);
    const TrackId track = track_sent_away(step);
    if (track != 0 && restored.back) summary.back.push_back(track);
    if (on_step) on_step(step);
  }
  close_if_nothing_left(journal);
  sync_store(store, contents.steps);
  clear_away_after_others(runs_dir(store));
  if (contents.info.moves_open + contents.info.rewrites_open == 0) journal.settled();
  return summary;
}

}  // namespace echofold
