// Steps of a run, each announced before and recorded behind.
#include "engine/act/run_in_hand.h"

#include <utility>

#include "engine/act/attributes.h"
#include "engine/act/empty_folder.h"
#include "engine/act/folder.h"
#include "engine/act/hard_links.h"
#include "engine/act/mover.h"
#include "engine/act/restore.h"
#include "engine/act/settle.h"
#include "engine/act/sync_store.h"
#include "engine/act/undo.h"
#include "index/error.h"

namespace echofold {

void RunInHand::open() {
  if (!journal_) journal_ = Journal::create(runs_dir(store_), store_.library_id(), kind_);
}

std::size_t RunInHand::announce(Intent intent) {
  for (Move& move : intent.moves) move.attributes = attributes_for_journal(move.from, move.to);
  journal_->intend(intent);
  const std::size_t first = entries_.size();
  for (Move& move : intent.moves) entries_.emplace_back().move = std::move(move);
  return first;
}

std::string RunInHand::make_folders(const std::vector<FolderToMake>& folders) {
  for (const FolderToMake& folder : folders) try {
      make_folder(folder.path, folder.like);
      made_.insert(folder.path);
    } catch (const Error& e) {
      return naming(folder.path, e.what());
    }
  return "";
}

std::string RunInHand::move_one(std::size_t number, const std::vector<std::string>& touched) {
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
    const Settled settled = settle(move, run(), entries_);
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

void RunInHand::skip(std::size_t number, const std::string& why) {
  JournalEntry& entry = entries_[number];
  journal_->skipped(entry.move.number, why);
  entry.state = MoveState::skipped;
  entry.note = why;
}

void RunInHand::bring_back(std::size_t first, const std::string& why) {
  for (std::size_t i = entries_.size(); i-- > first;) bring_one_back(i, why);
}

bool RunInHand::bring_one_back(std::size_t number, const std::string& why) {
  JournalEntry& entry = entries_[number];
  if (entry.state != MoveState::done) return false;
  journal_->restoring({entry.move.number}, {});
  const Restored restored = restore(*journal_, entry, times_, entries_);
  entry.note = why + (restored.back ? "; brought back" : "; could not be brought back: " + restored.note);
  return restored.back;
}

bool RunInHand::remove_if_empty(const std::string& folder) {
  const auto traits = traits_of_empty_folder(folder);
  if (!traits) return false;
  const std::vector<std::string> touched{folder, split_path(folder).folder};
  journal_->remove_folder(*traits, times_.about_to_change(touched));
  const bool gone = remove_empty_folder(folder);
  journal_->note_times(times_.changed({touched.back()}));
  return gone;
}

void RunInHand::close(bool interrupted, bool open) {
  close_if_nothing_left(*journal_);
  sync_store(store_, entries_);
  if (!interrupted) journal_->finish();
  for (const JournalEntry& entry : entries_) open = open || entry.state == MoveState::intended;
  if (!open) journal_->settled();
}

}  // namespace echofold
