// Resolves what a crash left in doubt by where each file is, then updates the store from the journal.
#include "engine/act/recovery/recover.h"

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/moved_tracks.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/clear_away.h"
#include "engine/act/recovery/resolve.h"
#include "engine/act/recovery/restore.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"

namespace echofold {
namespace {

/// A partner file is moved before its music. If the music did not follow, the partner file is brought back.
void bring_back_partners(Journal& journal, Steps& steps, const std::vector<FolderTime>& folders) {
  FolderTimes times(folders);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto* move = std::get_if<MoveStep>(&*step);
    if (move == nullptr || !has_left_its_music(*move, steps)) continue;
    journal.restoring({id_of(*move)}, {});
    restore(journal, *step, times, steps);
  }
}

/// Resolves the steps of one kind that are in doubt. @return how many; @param all  false if one stays in doubt
template <class Kind>
std::uint64_t resolve_all(Journal& journal, Steps& steps, bool& all) {
  std::uint64_t resolved = 0;
  for (Step& step : steps) {
    if (!std::holds_alternative<Kind>(step) || !is_in_doubt(outcome(step).state)) continue;
    const bool known = resolve(journal, step, steps);
    resolved += known ? 1 : 0;
    all = all && known;
  }
  return resolved;
}

std::uint64_t recover_run(Store& store, const std::filesystem::path& file) {
  JournalContents contents = read_journal(file);
  Journal journal = Journal::reopen(file);
  bool all = true;
  std::uint64_t resolved = resolve_all<MoveStep>(journal, contents.steps, all);
  if (all) bring_back_partners(journal, contents.steps, contents.folders);
  resolved += resolve_all<RewriteStep>(journal, contents.steps, all);
  close_if_nothing_left(journal);
  contents = read_journal(file);
  sync_store(store, contents.steps);
  clear_away_after_others(runs_dir(store));
  if (all) journal.settled();
  return resolved;
}

/// False if the journal has no header: then nothing was announced, because of a crash or a full disk at the very
/// start of the run.
bool has_begun(const std::filesystem::path& file) { return !read_journal(file).info.library_id.empty(); }

}  // namespace

std::uint64_t recover(Store& store) {
  forget_mounts();  // what is mounted may have changed since the last run of a long-lived program
  if (!store.writable()) return 0;
  mark_what_was_brought_back_before(store);
  std::uint64_t resolved = 0;
  for (const auto& file : journal_files(runs_dir(store))) try {
      if (!is_settled(file) && has_begun(file)) resolved += recover_run(store, file);
    } catch (const Error& e) {
      // A journal that can't be read must not stop the recovery of the others; history() shows it.
      if (e.fault() != Fault::damaged && e.fault() != Fault::version) throw;
    }
  return resolved;
}

}  // namespace echofold
