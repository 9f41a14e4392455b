// Steps of a run, each announced before and recorded behind.
#include "engine/act/active_run.h"

#include <utility>

#include "engine/act/files/attributes.h"
#include "engine/act/files/empty_folder.h"
#include "engine/act/files/make_folder.h"
#include "engine/act/files/mover.h"
#include "engine/act/journal/entry_state.h"
#include "engine/act/journal/hard_links.h"
#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/resolve_move.h"
#include "engine/act/recovery/restore.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {

void ActiveRun::open() {
  if (!journal_) journal_ = Journal::create(runs_dir(store_), store_.library_id(), kind_);
}

std::size_t ActiveRun::announce(Intent intent) {
  for (Move& move : intent.moves) move.attributes = attributes_for_journal(move.from, move.to);
  journal_->intend(intent);
  const std::size_t first = entries_.size();
  for (Move& move : intent.moves) entries_.emplace_back().move = std::move(move);
  return first;
}

std::string ActiveRun::make_folders(const std::vector<FolderToMake>& folders) {
  for (const FolderToMake& folder : folders) try {
      make_folder(folder.path, folder.like);
      made_.insert(folder.path);
    } catch (const Error& e) {
      return naming(folder.path, e.what());
    }
  return "";
}

std::string ActiveRun::move_one(std::size_t number, const std::vector<std::string>& touched) {
  JournalEntry& entry = entries_[number];
  const Move& move = entry.move;
  std::optional<Stamp> left;
  std::string failure;
  try {
    MoveOrder order{move.from, move.to, move.stamp, part_name(run(), move.number)};
    order.attributes = move.attributes;
    order.other_names = names_at_target(entries_, move);
    left = move_file(order);
  } catch (const Error& e) {
    failure = e.what();
    const ResolvedMove settled = resolve_move(move, run(), entries_);
    if (settled.where == Whereabouts::set_aside) left = settled.stamp;
    entry.note = failure;  // where it can't be seen it stays announced, for recover()
    if (settled.where == Whereabouts::old_place) skip(number, failure);
  }
  if (!left) return failure;
  journal_->done(move.number, *left, times_.changed(touched));
  entry.state = MoveState::done;
  entry.left = *left;
  return failure;
}

void ActiveRun::skip(std::size_t number, const std::string& why) {
  JournalEntry& entry = entries_[number];
  journal_->skipped(entry.move.number, why);
  entry.state = MoveState::skipped;
  entry.note = why;
}

void ActiveRun::bring_back(std::size_t first, const std::string& why) {
  for (std::size_t i = entries_.size(); i-- > first;) bring_one_back(i, why);
}

bool ActiveRun::bring_one_back(std::size_t number, const std::string& why) {
  JournalEntry& entry = entries_[number];
  if (entry.state != MoveState::done) return false;
  journal_->restoring({entry.move.number}, {});
  const Restored restored = restore(*journal_, entry, times_, entries_);
  entry.note = why + (restored.back ? "; brought back" : "; could not be brought back: " + restored.note);
  return restored.back;
}

bool ActiveRun::remove_if_empty(const std::string& folder) {
  const auto traits = traits_of_empty_folder(folder);
  if (!traits) return false;
  const std::vector<std::string> touched{folder, split_path(folder).folder};
  journal_->remove_folder(*traits, times_.about_to_change(touched));
  const bool gone = remove_empty_folder(folder);
  journal_->note_times(times_.changed({touched.back()}));
  return gone;
}

void ActiveRun::close(bool interrupted, bool open) {
  close_if_nothing_left(*journal_);
  sync_store(store_, entries_);
  if (!interrupted) journal_->finish();
  for (const JournalEntry& entry : entries_) open = open || entry.state == MoveState::intended;
  if (!open) journal_->settled();
}

}  // namespace echofold
