// The steps of a run: each is announced before and recorded after.
#include "engine/act/active_run.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/act/files/attributes.h"
#include "engine/act/files/empty_folder.h"
#include "engine/act/files/make_folder.h"
#include "engine/act/files/mover.h"
#include "engine/act/journal/hard_links.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/clear_away.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/resolve_move.h"
#include "engine/act/recovery/restore.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {

ActiveRun::ActiveRun(Store& store, std::string kind) : store_(store), kind_(std::move(kind)) {
  recover(store);
}

void ActiveRun::open() {
  if (!journal_) journal_ = Journal::create(runs_dir(store_), store_.library_id(), kind_);
}

std::size_t ActiveRun::announce(Intent intent) {
  std::uint64_t number = moves_;
  for (Move& move : intent.moves) {
    move.number = ++number;
    move.attributes = attributes_for_journal(move.from, move.to);
  }
  journal_->intend(intent);
  moves_ = number;  // the next step takes these numbers if the append fails
  const std::size_t first = steps_.size();
  for (Move& move : intent.moves) steps_.emplace_back(MoveStep{{}, std::move(move)});
  return first;
}

std::optional<Error> ActiveRun::make_folders(const std::vector<FolderToMake>& folders) {
  for (const FolderToMake& folder : folders) try {
      make_folder(folder.path, folder.like);
      made_.insert(folder.path);
    } catch (const Error& e) {
      return naming(folder.path, e);
    }
  return std::nullopt;
}

std::optional<Error> ActiveRun::move_one(std::size_t step, const std::vector<std::string>& touched) {
  const Move& move = move_at(step).move;
  std::optional<Stamp> left;
  std::optional<Error> failure;
  try {
    MoveOrder order{move.from, move.to, move.stamp, part_name(run(), move.number)};
    order.attributes = move.attributes;
    order.other_names = names_at_target(steps_, move);
    left = move_file(order);
  } catch (const Error& e) {
    failure = e;
    const Resolved found = resolve_move(move, run(), steps_);
    leave_in_doubt(step, e.what());
    if (found.where == Whereabouts::after) left = found.stamp;
    if (found.where == Whereabouts::before) skip(step, e.what());
  }
  if (left) done(step, *left, touched);
  return failure;
}

void ActiveRun::bring_back(std::size_t first, const std::string& why) {
  for (std::size_t i = steps_.size(); i-- > first;) bring_one_back(i, why);
}

bool ActiveRun::bring_one_back(std::size_t step, const std::string& why) {
  StepOutcome& now = outcome(steps_[step]);
  if (now.state != StepState::done) return false;
  journal_->restoring({id_of(move_at(step))}, {});
  const Restored restored = restore(*journal_, steps_[step], times_, steps_);
  now.note = why + (restored.back ? "; brought back" : "; could not be brought back: " + restored.note);
  return restored.back;
}

std::size_t ActiveRun::announce(Rewrite rewrite) {
  rewrite.number = rewrites_ + 1;
  journal_->prepare_rewrite(rewrite, times_.about_to_change({split_path(rewrite.path).folder}));
  ++rewrites_;
  steps_.emplace_back(RewriteStep{{}, std::move(rewrite)});
  return steps_.size() - 1;
}

void ActiveRun::prepared(std::size_t step, Prepared prepared) {
  auto& rewrite = std::get<RewriteStep>(steps_[step]);
  rewrite.prepared = std::move(prepared);
  journal_->intend_rewrite(rewrite.rewrite.number, *rewrite.prepared);
}

void ActiveRun::done(std::size_t step, const Stamp& left, const std::vector<std::string>& touched) {
  journal_->done(id_of(steps_[step]), left, times_.changed(touched));
  StepOutcome& now = outcome(steps_[step]);
  now.state = StepState::done;
  now.left = left;
}

void ActiveRun::skip(std::size_t step, const std::string& why, const std::vector<std::string>& touched) {
  journal_->skipped(id_of(steps_[step]), why, times_.changed(touched));
  StepOutcome& now = outcome(steps_[step]);
  now.state = StepState::skipped;
  now.note = why;
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

void ActiveRun::close(bool interrupted) {
  if (!is_open()) return;
  close_if_nothing_left(*journal_);
  sync_store(store_, steps_);
  if (!interrupted) journal_->finish();
  const bool all_known = std::none_of(steps_.begin(), steps_.end(), [](const Step& step) {
    return outcome(step).state == StepState::intended;
  });
  if (all_known) journal_->settled();
}

}  // namespace echofold
