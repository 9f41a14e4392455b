// Plan -> files, one group after the other: check, announce, move, record.
#include "engine/act/apply.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "engine/act/apply_checks.h"
#include "engine/act/folder.h"
#include "engine/act/folder_times.h"
#include "engine/act/journal.h"
#include "engine/act/mover.h"
#include "engine/act/places.h"
#include "engine/act/restore.h"
#include "engine/act/settle.h"
#include "engine/act/sync_store.h"
#include "engine/act/undo.h"
#include "index/error.h"

namespace echofold {
namespace {

/// One call of apply(). A throw from the journal leaves it at once: the disk and the journal then hold all
/// that recover() needs.
class Run {
 public:
  Run(Store& store, const std::vector<RemovalGroup>& groups, const ApplySettings& settings,
      const std::function<void(const AppliedFile&)>& on_file, std::stop_token stop)
      : store_(store),
        check_(store, groups),
        settings_(settings),
        places_(store.snapshot().roots(), settings.set_aside_dir),
        on_file_(on_file),
        stop_(std::move(stop)) {}

  ApplySummary apply(const std::vector<RemovalGroup>& groups) {
    for (const RemovalGroup& group : groups) {
      if (stopped()) break;
      if (!group.drop.empty()) apply_group(group);
    }
    if (journal_) close();
    return summary_;
  }

 private:
  bool stopped() {
    summary_.interrupted = summary_.interrupted || stop_.stop_requested();
    return summary_.interrupted;
  }

  void apply_group(RemovalGroup group) {
    if (const std::string why = check_.why_not(group); !why.empty()) return skip_group(group, why);
    open_journal();
    if (settings_.prepare_keeper) try {
        group.keep = settings_.prepare_keeper(*rewriter_, group);
      } catch (const Error& e) {
        return skip_group(group, naming(group.keep.path, e.what()));
      }
    if (settings_.link) link_equal(group);
    if (!group.drop.empty()) move_group(group);
  }

  /// Takes out of the group what is a link of the keeper from now on, or should be and can't.
  void link_equal(RemovalGroup& group) {
    std::vector<TrackRecord> others;
    for (TrackRecord& drop : group.drop) {
      if (stopped() || !has_equal_bytes(drop, group.keep)) {
        others.push_back(std::move(drop));
        continue;
      }
      const Rewritten linked = rewriter_->link(
          {drop.path, drop.stamp, drop.id, group.keep.path, group.keep.stamp, *settings_.link});
      ++(linked.done ? summary_.linked : summary_.skipped);
      if (linked.done) summary_.bytes += drop.stamp.size_bytes;
      if (on_file_) on_file_(row_of(group.number, drop, linked));
    }
    group.drop = std::move(others);
  }

  AppliedFile row_of(std::uint32_t group, const TrackRecord& drop, const Rewritten& linked) const {
    AppliedFile row{group, drop.path, "", linked.skipped, ""};
    if (linked.done) {
      row.target = drop.path;
      row.linked = *settings_.link == LinkKind::hard ? "hard_link" : "reflink";
    }
    return row;
  }

  void move_group(const RemovalGroup& group) {
    Intent intent;
    std::vector<FolderToMake> folders;
    std::vector<std::string> touched;
    try {
      intent = intent_of(group, folders, touched);
    } catch (const Error& e) {
      return skip_group(group, naming(group.drop.front().path, e.what()));
    }
    journal_->intend(intent);
    const std::size_t first = entries_.size();
    for (Move& move : intent.moves) entries_.push_back({std::move(move), MoveState::intended, {}, {}, 0});
    set_aside(group, folders, touched, first);
    for (std::size_t i = first; i < entries_.size(); ++i) tell(group.number, entries_[i]);
  }

  void open_journal() {
    if (journal_) return;
    journal_ = Journal::create(runs_dir(store_), store_.library_id());
    summary_.run = journal_->run();
    rewriter_.emplace(store_, *journal_, times_);
  }

  /// @param folders  set to what has to be made, @param touched to the existing folders that will change
  Intent intent_of(const RemovalGroup& group, std::vector<FolderToMake>& folders,
                   std::vector<std::string>& touched) {
    Intent intent;
    std::set<std::string> planned = made_;
    for (const TrackRecord& drop : group.drop) {
      SetAsidePlace place = places_.place_for(drop.path, journal_->run());
      touched.push_back(split_path(drop.path).folder);
      for (FolderToMake& folder : places_.missing_folders(place, planned)) {
        const std::string parent = split_path(folder.path).folder;
        if (!planned.contains(parent)) touched.push_back(parent);
        planned.insert(folder.path);
        intent.make_folders.push_back(folder.path);
        folders.push_back(std::move(folder));
      }
      const auto now = look_at(drop.path);
      if (!now) throw Error(Fault::missing, shown(drop.path) + ": gone since the plan was made");
      intent.moves.push_back({entries_.size() + intent.moves.size() + 1, drop.id, drop.path,
                              std::move(place.to), drop.stamp, now->st_mode, now->st_uid, now->st_gid,
                              group.keep.path, std::move(place.root)});
    }
    intent.folders = times_.about_to_change(touched);
    return intent;
  }

  void set_aside(const RemovalGroup& group, const std::vector<FolderToMake>& folders,
                 const std::vector<std::string>& touched, std::size_t first) {
    std::string why = make_folders(folders);
    for (std::size_t i = first; i < entries_.size(); ++i) {
      if (why.empty() && stopped()) why = "stopped on request before it was moved";
      if (why.empty()) why = change_of_keeper(group.keep);
      if (why.empty())
        why = move_one(entries_[i], touched);
      else
        skip(entries_[i], why);
    }
    // Without its keeper a group must not stay set aside. It may even be a loser under another name, on a
    // file system that shows one file twice.
    if (const std::string lost = change_of_keeper(group.keep); !lost.empty()) bring_back(first, lost);
  }

  /// @return why it failed; empty when all are there
  std::string make_folders(const std::vector<FolderToMake>& folders) {
    for (const FolderToMake& folder : folders) try {
        make_folder(folder.path, folder.like);
        made_.insert(folder.path);
      } catch (const Error& e) {
        return naming(folder.path, e.what());
      }
    return "";
  }

  /// @return why the rest of the group has to wait; empty when all is well
  std::string move_one(JournalEntry& entry, const std::vector<std::string>& touched) {
    const Move& move = entry.move;
    std::optional<Stamp> left;
    std::string failure;
    try {
      left = move_file({move.from, move.to, move.stamp, part_name(journal_->run(), move.number)});
    } catch (const Error& e) {
      failure = e.what();
      const Settled settled = settle(move, journal_->run(), entries_);
      if (settled.where == Whereabouts::set_aside) left = settled.stamp;
      entry.note = failure;  // where it can't be seen it stays announced, for recover()
      if (settled.where == Whereabouts::old_place) skip(entry, failure);
    }
    if (!left) return failure;
    journal_->done(move.number, *left, times_.changed(touched));
    entry.state = MoveState::done;
    entry.left = *left;
    return failure;
  }

  void skip(JournalEntry& entry, const std::string& why) {
    journal_->skipped(entry.move.number, why);
    entry.state = MoveState::skipped;
    entry.note = why;
  }

  void bring_back(std::size_t first, const std::string& why) {
    for (std::size_t i = entries_.size(); i-- > first;) {
      JournalEntry& entry = entries_[i];
      if (entry.state != MoveState::done) continue;
      journal_->restoring({entry.move.number}, {});
      const Restored restored = restore(*journal_, entry, times_);
      entry.note = why + (restored.back ? "; brought back" : "; could not be brought back: " + restored.note);
    }
  }

  void skip_group(const RemovalGroup& group, const std::string& why) {
    for (const TrackRecord& drop : group.drop) {
      ++summary_.skipped;
      if (on_file_) on_file_({group.number, drop.path, "", why, ""});
    }
  }

  void tell(std::uint32_t group, const JournalEntry& entry) {
    const bool moved = entry.state == MoveState::done;
    ++(moved ? summary_.moved : summary_.skipped);
    if (moved) summary_.bytes += entry.move.stamp.size_bytes;
    if (!on_file_) return;
    if (moved)
      on_file_({group, entry.move.from, entry.move.to, "", entry.note});
    else
      on_file_({group, entry.move.from, "", entry.note, ""});
  }

  void tell_what_is_gone() {
    std::vector<GoneFile> gone;
    for (const JournalEntry& entry : entries_)
      if (entry.state == MoveState::done) gone.push_back({entry.move.from, entry.move.keeper});
    if (settings_.after_moves && !gone.empty()) settings_.after_moves(*rewriter_, gone);
  }

  void close() {
    tell_what_is_gone();
    close_if_nothing_left(*journal_);
    sync_store(store_, entries_);
    if (!summary_.interrupted) journal_->finish();
    for (const JournalEntry& entry : entries_)
      if (entry.state == MoveState::intended) return;
    for (const RewriteEntry& entry : rewriter_->entries())
      if (entry.state == MoveState::intended) return;
    journal_->settled();
  }

  Store& store_;
  GroupCheck check_;
  const ApplySettings& settings_;
  SetAsidePlaces places_;
  const std::function<void(const AppliedFile&)>& on_file_;
  std::stop_token stop_;
  std::optional<Journal> journal_;
  FolderTimes times_;
  std::optional<Rewriter> rewriter_;  // in that journal
  std::set<std::string> made_;
  std::vector<JournalEntry> entries_;  // by move number
  ApplySummary summary_;
};

}  // namespace

std::vector<RemovalGroup> automatic_removals(const Plan& plan) {
  std::vector<RemovalGroup> removals;
  for (const PlanGroup& group : plan.groups) {
    RemovalGroup removal{group.number, group.keep.track, {}};
    for (const PlanDrop& drop : group.drops)
      if (drop.action == Action::move) {
        removal.drop.push_back(drop.file.track);
        removal.ranks.push_back(drop.rank);
      }
    if (!removal.drop.empty()) removals.push_back(std::move(removal));
  }
  return removals;
}

std::vector<TrackRecord> best_first(const RemovalGroup& group) {
  std::vector<std::size_t> order(group.drop.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (group.ranks.size() == group.drop.size())
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return group.ranks[a] < group.ranks[b]; });
  std::vector<TrackRecord> losers;
  for (const std::size_t i : order) losers.push_back(group.drop[i]);
  return losers;
}

ApplySummary apply(Store& store, const std::string& plan_library_id, const std::vector<RemovalGroup>& groups,
                   const ApplySettings& settings, const std::function<void(const AppliedFile&)>& on_file,
                   std::stop_token stop) {
  require_ours(store, plan_library_id, groups);
  recover(store);
  return Run(store, groups, settings, on_file, std::move(stop)).apply(groups);
}

}  // namespace echofold
