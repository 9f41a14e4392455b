// What a crash left open: each move is settled by where its file is, then the store follows the journal.
#include "engine/act/recovery/recover.h"

#include <algorithm>
#include <ctime>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/delta_store.h"
#include "engine/act/journal/entry_state.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/moved_tracks.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/resolve_move.h"
#include "engine/act/recovery/resolve_rewrite.h"
#include "engine/act/recovery/restore.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

bool is_open(MoveState state) {
  return state == MoveState::intended || state == MoveState::restoring || state == MoveState::purging;
}

/// @param entries  of the run; the settled one follows, for those after it
/// @return false when the file can't be seen: another time
bool resolve_entry(Journal& journal, std::vector<JournalEntry>& entries, JournalEntry& entry) {
  const ResolvedMove settled = resolve_move(entry.move, journal.run(), entries);
  const std::uint64_t number = entry.move.number;
  if (settled.where == Whereabouts::unknown) return false;
  const bool was_restoring = entry.state == MoveState::restoring;
  if (settled.where == Whereabouts::set_aside) {
    if (was_restoring)
      journal.not_restored(number, settled.note);
    else
      journal.done(number, settled.stamp, {});
    entry.state = MoveState::done;
    entry.left = settled.stamp;
  } else if (was_restoring) {
    journal.undone(number, {});
    entry.state = MoveState::undone;
  } else {
    journal.skipped(number, settled.note);
    entry.state = MoveState::skipped;
  }
  return true;
}

/// As resolve_entry. The folder outlives the files in it until they are known to be gone; without it the drive is away.
bool resolve_purge(Journal& journal, JournalEntry& entry) {
  try {
    const SplitPath place = split_path(entry.move.to);
    const auto now = Folder::open(place.folder).look(place.name);
    if (now)
      journal.not_restored(entry.move.number, "the purge was interrupted before it was deleted");
    else
      journal.purged({entry.move.number}, std::time(nullptr));
    entry.state = now ? MoveState::done : MoveState::purged;
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// As resolve_entry.
bool resolve_entry(Journal& journal, RewriteEntry& entry) {
  const ResolvedRewrite settled = resolve_rewrite(entry, journal.run());
  const std::uint64_t number = entry.rewrite.number;
  if (settled.version == Version::unknown) return false;
  if (settled.version == Version::after) {
    if (entry.state == MoveState::restoring)
      journal.rewrite_not_restored(number, settled.note);
    else
      journal.rewritten(number, settled.stamp, {});
    return true;
  }
  if (entry.state == MoveState::restoring)
    journal.rewrite_undone(number, {});
  else
    journal.rewrite_skipped(number, settled.note);
  drop_delta(journal.file(), std::to_string(number));
  return true;
}

bool has_gone(const std::vector<JournalEntry>& entries, const std::string& music) {
  return std::any_of(entries.begin(), entries.end(), [&](const JournalEntry& entry) {
    return entry.move.from == music && entry.state == MoveState::done;
  });
}

/// A partner file went first; where its music did not follow, it comes back.
void bring_back_partners(Journal& journal, std::vector<JournalEntry>& entries,
                         const std::vector<FolderTime>& folders) {
  FolderTimes times(folders);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const std::string& music = entry->move.goes_with;
    if (music.empty() || entry->state != MoveState::done || has_gone(entries, music)) continue;
    journal.restoring({entry->move.number}, {});
    restore(journal, *entry, times, entries);
  }
}

std::uint64_t recover_run(Store& store, const std::filesystem::path& file) {
  JournalContents contents = read_journal(file);
  Journal journal = Journal::reopen(file);
  std::uint64_t settled = 0;
  bool all = true;
  for (JournalEntry& entry : contents.entries) {
    if (!is_open(entry.state)) continue;
    const bool known = entry.state == MoveState::purging ? resolve_purge(journal, entry)
                                                         : resolve_entry(journal, contents.entries, entry);
    settled += known ? 1 : 0;
    all = all && known;
  }
  if (all) bring_back_partners(journal, contents.entries, contents.folders);
  for (RewriteEntry& entry : contents.rewrites) {
    if (!is_open(entry.state)) continue;
    const bool known = resolve_entry(journal, entry);
    settled += known ? 1 : 0;
    all = all && known;
  }
  close_if_nothing_left(journal);
  contents = read_journal(file);
  sync_store(store, contents.entries);
  sync_store(store, contents.rewrites);
  clear_away_after_others(runs_dir(store));
  if (all) journal.settled();
  return settled;
}

/// Without a header nothing was ever announced: a crash, or a full disk, at the very start of a run.
bool has_begun(const std::filesystem::path& file) { return !read_journal(file).info.library_id.empty(); }

}  // namespace

std::uint64_t recover(Store& store) {
  forget_mounts();  // what is mounted may have changed since the last run of a long-lived program
  if (!store.writable()) return 0;
  mark_what_was_brought_back_before(store);
  std::uint64_t settled = 0;
  for (const auto& file : journal_files(runs_dir(store))) try {
      if (!is_settled(file) && has_begun(file)) settled += recover_run(store, file);
    } catch (const Error& e) {
      // A journal that can't be read must not keep the others from being settled; history() shows it.
      if (e.fault() != Fault::damaged && e.fault() != Fault::version) throw;
    }
  return settled;
}

}  // namespace echofold
