// Takes a run back: the files last first, then the folders, then the records.
#include "engine/act/recovery/undo.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/applied_file.h"
#include "engine/act/journal/entry_state.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/later_changes.h"
#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/restore.h"
#include "engine/act/recovery/restore_rewrite.h"
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

AppliedFile told(const std::string& path, const std::string& target, const std::string& rewrite,
                 const Restored& restored) {
  AppliedFile file;
  file.path = path;
  (restored.back ? file.target : file.skipped) = restored.back ? target : restored.note;
  if (restored.back) file.note = restored.note;
  file.rewrite = rewrite;
  return file;
}

/// A move or a rewrite, by its place in the run.
struct Step {
  std::uint64_t line = 0, number = 0;
  JournalEntry* move = nullptr;
  RewriteEntry* rewrite = nullptr;
};

std::vector<Step> last_first(JournalContents& contents) {
  std::vector<Step> steps;
  for (JournalEntry& entry : contents.entries)
    if (entry.state == MoveState::done) steps.push_back({entry.line, entry.move.number, &entry, nullptr});
  // A playlist as it was would name files that were purged.
  const auto stays = [&](const RewriteEntry& entry) {
    return contents.info.moves_purged > 0 && entry.rewrite.made_by == "playlist";
  };
  for (RewriteEntry& entry : contents.rewrites)
    if (entry.state == MoveState::done && !stays(entry))
      steps.push_back({entry.line, entry.rewrite.number, nullptr, &entry});
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return std::pair(a.line, a.number) > std::pair(b.line, b.number);
  });
  return steps;
}

/// The track whose file the step had sent away: set aside, or replaced by a link. 0: none.
TrackId track_sent_away(const Step& step) {
  if (step.move != nullptr)
    return step.move->move.purpose == MovePurpose::set_aside ? step.move->move.track : 0;
  return is_link(step.rewrite->rewrite) ? step.rewrite->rewrite.track : 0;
}

/// Announces the next moves to be taken back: as many as share no place, since recovery looks at each for itself. Rewrites
/// are announced one by one.
/// @return where the next turn begins
std::size_t announce(Journal& journal, const std::vector<Step>& steps, std::size_t step, FolderTimes& times) {
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> folders;
  std::set<std::string> places;
  for (; step < steps.size(); ++step) {
    if (steps[step].move == nullptr) continue;
    const Move& move = steps[step].move->move;
    const std::string from = folded(move.from), to = folded(move.to);
    if (places.contains(from) || places.contains(to)) break;
    places.insert({from, to});
    numbers.push_back(move.number);
    for (std::string& folder : folders_of(move)) folders.push_back(std::move(folder));
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  if (!numbers.empty()) journal.restoring(numbers, times.about_to_restore(folders));
  return step;
}

AppliedFile take_back(Journal& journal, const JournalContents& contents, const Step& step, FolderTimes& times,
                      const LaterChanges& later) {
  if (step.move != nullptr) {
    const Restored restored = restore(journal, *step.move, times, contents.entries, later);
    step.move->by_user = restored.back;
    return told(step.move->move.to, step.move->move.from, "", restored);
  }
  const Restored restored = restore_rewrite(journal, *step.rewrite, times);
  step.rewrite->by_user = restored.back;
  const Rewrite& rewrite = step.rewrite->rewrite;
  return told(rewrite.path, rewrite.path, rewrite.made_by, restored);
}

/// Takes the steps out that a later run has to be taken back for, and tells them. They leave no trace in the journal: folder
/// times are still what the runs made them.
std::vector<AppliedFile> take_out_moved_on(std::vector<Step>& steps, const LaterChanges& later) {
  std::vector<AppliedFile> told_files;
  std::erase_if(steps, [&](const Step& step) {
    std::string why = step.move == nullptr ? "" : moved_on_by(step.move->move, later);
    if (why.empty()) return false;
    told_files.push_back(told(step.move->move.to, step.move->move.from, "", {false, std::move(why)}));
    return true;
  });
  return told_files;
}

}  // namespace

std::vector<AppliedFile> preview_undo(const Store& store, const std::string& run) {
  JournalContents contents = read_journal(journal_of(store, run.empty() ? newest_to_take_back(store) : run));
  require_something_to_take_back(contents.info);
  const LaterChanges later = changes_since(store, contents);
  std::vector<Step> steps = last_first(contents);
  std::vector<AppliedFile> files = take_out_moved_on(steps, later);
  for (const Step& step : steps)
    if (step.move != nullptr)
      files.push_back(told(step.move->move.to, step.move->move.from, "", could_restore(*step.move, later)));
    else
      files.push_back(told(step.rewrite->rewrite.path, step.rewrite->rewrite.path,
                           step.rewrite->rewrite.made_by, {true, ""}));
  return files;
}

UndoSummary undo(Store& store, const std::string& run,
                 const std::function<void(const AppliedFile&)>& on_file) {
  recover(store);
  const auto file = journal_of(store, run.empty() ? newest_to_take_back(store) : run);
  JournalContents contents = read_journal(file);
  require_something_to_take_back(contents.info);
  UndoSummary summary;
  summary.run = contents.info.run;
  const LaterChanges later = changes_since(store, contents);
  std::vector<Step> steps = last_first(contents);
  for (const AppliedFile& file : take_out_moved_on(steps, later)) {
    ++summary.skipped;
    if (on_file) on_file(file);
  }
  if (steps.empty() && summary.skipped > 0) return summary;  // nothing is left to settle either
  FolderTimes times(contents.folders);
  Journal journal = Journal::reopen(file);
  journal.undo_begins();
  if (!contents.removed_folders.empty()) journal.note_times(make_again(contents.removed_folders, times));
  std::size_t announced = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i == announced) announced = announce(journal, steps, i, times);
    const AppliedFile file = take_back(journal, contents, steps[i], times, later);
    ++(file.skipped.empty() ? summary.restored : summary.skipped);
    const TrackId track = track_sent_away(steps[i]);
    if (track != 0 && file.skipped.empty()) summary.back.push_back(track);
    if (on_file) on_file(file);
  }
  close_if_nothing_left(journal);
  sync_store(store, contents.entries);
  sync_store(store, contents.rewrites);
  clear_away_after_others(runs_dir(store));
  if (contents.info.moves_open + contents.info.rewrites_open == 0) journal.settled();
  return summary;
}

}  // namespace echofold
