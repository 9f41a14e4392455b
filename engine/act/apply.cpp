// Plan -> files, one group after the other: check, announce, move, record.
#include "engine/act/apply.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "engine/act/active_run.h"
#include "engine/act/apply_checks.h"
#include "engine/act/files/guard_files.h"
#include "engine/act/files/places.h"
#include "engine/act/going_along.h"
#include "engine/act/journal/hard_links.h"
#include "engine/act/journal/step.h"
#include "engine/act/keep_path.h"
#include "engine/act/recovery/restore_move.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// The step that sets a loser aside, as a preview knows it.
MoveStep previewed(const TrackRecord& drop, std::string to) {
  MoveStep step;
  step.state = StepState::done;
  step.move.track = drop.id;
  step.move.from = drop.path;
  step.move.to = std::move(to);
  step.move.stamp = drop.stamp;
  return step;
}

/// The step of a file that stays although nothing of it was announced.
MoveStep never_announced(const TrackRecord& track, MovePurpose purpose, const Error& why) {
  MoveStep step;
  step.state = StepState::skipped;
  step.note = why.what();
  step.move.track = track.id;
  step.move.purpose = purpose;
  step.move.from = track.path;
  step.move.stamp = track.stamp;
  return step;
}

/// The step of a loser that becomes a link to its keeper, or of one that could not.
RewriteStep link_step(const TrackRecord& drop, const TrackRecord& keep, LinkKind link, StepOutcome became) {
  RewriteStep step{std::move(became), {}};
  step.rewrite.track = drop.id;
  step.rewrite.path = drop.path;
  step.rewrite.stamp = drop.stamp;
  step.rewrite.kind = rewrite_kind_of(link);
  step.rewrite.keeper = keep.path;
  return step;
}

/// One call of apply(). An exception from the journal ends it at once: the disk and the journal then hold all that
/// recover() needs.
class Run {
 public:
  Run(Store& store, const Plan& plan, const ApplySettings& settings, const OnGroupStep& on_step,
      std::stop_token stop)
      : store_(store),
        run_(store, "set_aside"),
        check_(store, plan, settings.must_match),
        settings_(settings),
        places_(store.snapshot().roots(), settings.set_aside_dir),
        on_step_(on_step),
        stop_(std::move(stop)) {
    const Snapshot snapshot = store.snapshot();
    for (const PlanGroup& group : plan.groups) along_.plan(names_to_go(tracks_of(group.drops), snapshot));
  }

  ApplySummary apply(const Plan& plan) {
    for (const PlanGroup& group : plan.groups) {
      if (stopped()) break;
      apply_group(group);
    }
    if (run_.is_open()) close();
    return summary_;
  }

 private:
  bool stopped() {
    summary_.interrupted = summary_.interrupted || stop_.stop_requested();
    return summary_.interrupted;
  }

  /// @param group  loses the drops that are dealt with
  void apply_group(PlanGroup group) {
    if (const auto why = check_.why_not(group)) return skip_group(group, *why);
    leave_named_elsewhere(group);
    if (group.drops.empty()) return;
    run_.open();
    summary_.run = run_.run();
    if (settings_.prepare_keeper) try {
        group.keep.track = settings_.prepare_keeper(rewriter_, group);
      } catch (const Error& e) {
        return skip_group(group, naming(group.keep.track.path, e));
      }
    if (settings_.link) link_equal(group);
    if (!group.drops.empty()) move_group(group);
  }

  /// Takes the losers out of the group whose names can't all go, and reports them.
  void leave_named_elsewhere(PlanGroup& group) {
    const std::vector<NameToGo> names = names_to_go(tracks_of(group.drops), store_.snapshot());
    std::vector<PlanDrop> others;
    for (const PlanDrop& drop : group.drops)
      if (const auto why = why_names_stay(drop.file.track, names, settings_.protected_folders))
        skip(group, drop, *why);
      else
        others.push_back(drop);
    group.drops = std::move(others);
  }

  /// Links the losers that have the bytes of the keeper and takes them out of the group, also those that can't be
  /// linked.
  void link_equal(PlanGroup& group) {
    std::vector<PlanDrop> others;
    for (const PlanDrop& drop : group.drops)
      if (stopped() || !has_equal_bytes(drop.file.track, group.keep.track))
        others.push_back(drop);
      else
        link(group, drop.file.track);
    group.drops = std::move(others);
  }

  void link(const PlanGroup& group, const TrackRecord& drop) {
    const TrackRecord& keep = group.keep.track;
    const Rewritten linked =
        rewriter_.link({drop.path, drop.stamp, drop.id, keep.path, keep.stamp, *settings_.link});
    ++(linked.done() ? summary_.linked : summary_.skipped);
    if (linked.done()) summary_.bytes += drop.stamp.size_bytes;
    const StepOutcome became = linked.done() ? StepOutcome{StepState::done, linked.left}
                                             : StepOutcome{StepState::skipped, {}, linked.failure->what()};
    if (on_step_) on_step_(group, link_step(drop, keep, *settings_.link, became));
  }

  void move_group(const PlanGroup& group) {
    Intent intent;
    std::vector<FolderToMake> folders;
    std::vector<std::string> touched;
    try {
      intent = intent_of(group, folders, touched);
    } catch (const Error& e) {
      return skip_group(group, naming(group.drops.front().file.track.path, e));
    }
    const std::size_t first = run_.announce(std::move(intent));
    set_aside(group, folders, touched, first);
    if (settings_.keep_path) take_place(group, first);
    for (std::size_t i = first; i < run_.steps().size(); ++i) report(group, run_.move_at(i));
  }

  /// @param folders  set to the folders that have to be made, @param touched to the existing ones that will change
  Intent intent_of(const PlanGroup& group, std::vector<FolderToMake>& folders,
                   std::vector<std::string>& touched) {
    Intent intent;
    std::set<std::string> planned = run_.made();
    const std::vector<NameToGo> names = names_to_go(tracks_of(group.drops), store_.snapshot());
    const std::vector<Along> along = along_.with(names);
    for (const NameToGo& name : names) {
      const auto add = [&](const std::string& path) {
        const auto now = look_at(path);
        if (!now) throw Error(Fault::missing, printable(path) + ": gone since the plan was made");
        SetAsidePlace place = places_.place_for(path, run_.run());
        touched.push_back(split_path(path).folder);
        for (FolderToMake& folder : places_.missing_folders(place, planned)) {
          const std::string parent = split_path(folder.path).folder;
          if (!planned.contains(parent)) touched.push_back(parent);
          planned.insert(folder.path);
          intent.make_folders.push_back(folder.path);
          folders.push_back(std::move(folder));
        }
        intent.moves.push_back({0, 0, MovePurpose::set_aside, path, std::move(place.to), stamp_of(*now),
                                now->st_mode, now->st_uid, now->st_gid, group.keep.track.path,
                                std::move(place.root), "", far_mtime_of(*now)});
      };
      for (const Along& one : along)
        if (one.music == name.path) {
          add(one.partner->path);
          intent.moves.back().goes_with = name.path;
        }
      add(name.path);
      Move& move = intent.moves.back();
      move.track = name.track;
      move.goes_with = move.link_of = name.link_of;
      if (name.track != 0) move.stamp = name.stamp;
    }
    intent.folders = run_.about_to_change(touched);
    return intent;
  }

  void set_aside(const PlanGroup& group, const std::vector<FolderToMake>& folders,
                 const std::vector<std::string>& touched, std::size_t first) {
    std::optional<Error> why = run_.make_folders(folders);
    for (std::size_t i = first; !why && i < run_.steps().size(); ++i)
      if (const auto folder = guarded_folder(run_.move_at(i).move.to, run_.run());
          folder && guarded_.insert(*folder).second)
        put_guards(*folder);
    for (std::size_t i = first; i < run_.steps().size(); ++i) {
      if (!why && stopped()) why = Error(Fault::interrupted, "stopped on request before it was moved");
      if (!why) why = change_of_keeper(group.keep.track);
      if (why)
        run_.skip(i, why->what());
      else
        why = run_.move_one(i, touched);
    }
    bring_back_partners(first);
    // A group must not stay set aside without its keeper. The keeper may even be a loser under another name, on a file
    // system that shows one file twice.
    if (const auto lost = change_of_keeper(group.keep.track)) run_.bring_back(first, lost->what());
  }

  /// Partner files and further names are moved first. Those whose music stays are brought back.
  void bring_back_partners(std::size_t first) {
    for (std::size_t i = run_.steps().size(); i-- > first;)
      if (has_left_its_music(run_.move_at(i), std::span(run_.steps()).subspan(first)))
        run_.bring_one_back(i, "its music stays");
  }

  /// Moves the keeper to the place of the first loser, by path, that is set aside, and its partner files with it.
  void take_place(const PlanGroup& group, std::size_t first) {
    const TrackRecord& keep = group.keep.track;
    std::vector<const MoveStep*> gone;
    for (const MoveStep& step : moves_of(std::span(run_.steps()).subspan(first)))
      if (step.state == StepState::done && step.move.goes_with.empty()) gone.push_back(&step);
    if (gone.empty() || stopped()) return;
    const MoveStep* loser = *std::min_element(
        gone.begin(), gone.end(), [](const auto* a, const auto* b) { return a->move.from < b->move.from; });
    const std::vector<Along> along = along_.with(keep.path);
    std::vector<Move> moves;
    try {
      moves = moves_to_place(keep, along, loser->move.from, settings_.protected_folders);
    } catch (const Error& e) {
      ++summary_.skipped;
      if (on_step_) on_step_(group, never_announced(keep, MovePurpose::rename, naming(keep.path, e)));
    }
    if (!moves.empty()) rename_keeper(std::move(moves));
  }

  /// @param moves  of the keeper, the last, and its partner files
  void rename_keeper(std::vector<Move> moves) {
    const auto touched = folders_of(moves.back());
    Intent intent;
    intent.folders = run_.about_to_change(touched);
    for (Move& move : moves) {
      move.root = places_.root_of(move.from);
      intent.moves.push_back(std::move(move));
    }
    const std::size_t from = run_.announce(std::move(intent));
    std::optional<Error> why;
    for (std::size_t i = from; i < run_.steps().size(); ++i) {
      if (why)
        run_.skip(i, why->what());
      else
        why = run_.move_one(i, touched);
    }
    bring_back_partners(from);
  }

  void skip_group(const PlanGroup& group, const Error& why) {
    for (const PlanDrop& drop : group.drops) skip(group, drop, why);
  }

  void skip(const PlanGroup& group, const PlanDrop& drop, const Error& why) {
    ++summary_.skipped;
    if (on_step_) on_step_(group, never_announced(drop.file.track, MovePurpose::set_aside, why));
  }

  void report(const PlanGroup& group, const MoveStep& entry) {
    const bool moved = entry.state == StepState::done;
    const bool renamed = entry.move.purpose == MovePurpose::rename;
    const bool partner = !entry.move.goes_with.empty();
    const bool further_name = !entry.move.link_of.empty();
    if (partner && !moved) return;  // the step of its music says why
    ++(!moved         ? summary_.skipped
       : further_name ? summary_.names
       : partner      ? summary_.along
       : renamed      ? summary_.renamed
                      : summary_.moved);
    if (moved && !renamed && !further_name) summary_.bytes += entry.move.stamp.size_bytes;
    if (on_step_) on_step_(group, entry);
  }

  /// Reports the files that are no longer at their old place, with the place of the copy that stays: it may have moved
  /// itself.
  void report_what_is_gone() {
    std::map<std::string, std::string> moved_to;
    for (const MoveStep& entry : moves_of(run_.steps()))
      if (entry.state == StepState::done && entry.move.purpose == MovePurpose::rename)
        moved_to[entry.move.from] = entry.move.to;
    std::vector<GoneFile> gone;
    gone.reserve(run_.steps().size());
    for (const auto& [from, to] : moved_to) gone.push_back({from, to});
    for (const MoveStep& entry : moves_of(run_.steps())) {
      if (entry.state != StepState::done || entry.move.purpose != MovePurpose::set_aside) continue;
      if (entry.move.link_of.empty() && !entry.move.goes_with.empty())
        continue;  // no other file replaces a partner file
      const auto keeper = moved_to.find(entry.move.keeper);
      const std::string& stays = keeper == moved_to.end() ? entry.move.keeper : keeper->second;
      if (stays != entry.move.from) gone.push_back({entry.move.from, stays});
    }
    if (settings_.after_moves && !gone.empty()) settings_.after_moves(rewriter_, gone);
  }

  void close() {
    report_what_is_gone();
    run_.close(summary_.interrupted);
  }

  Store& store_;
  ActiveRun run_;
  GroupCheck check_;
  const ApplySettings& settings_;
  SetAsidePlaces places_;
  GoingAlong along_;
  std::set<std::string> guarded_;  // folders that have their guard files
  const OnGroupStep& on_step_;
  std::stop_token stop_;
  Rewriter rewriter_{run_};
  ApplySummary summary_;
};

}  // namespace

ApplySummary apply(Store& store, const Plan& plan, const ApplySettings& settings, const OnGroupStep& on_step,
                   std::stop_token stop) {
  const Plan moves = only(plan, Action::move);
  require_ours(store, moves);
  return Run(store, moves, settings, on_step, std::move(stop)).apply(moves);
}

void preview_apply(const Store& store, const Plan& plan, const ApplySettings& settings,
                   const OnGroupStep& on_step) {
  const Plan moves = only(plan, Action::move);
  require_ours(store, moves);
  const GroupCheck check(store, moves, settings.must_match);
  const Snapshot snapshot = store.snapshot();
  SetAsidePlaces places(snapshot.roots(), settings.set_aside_dir);
  for (const PlanGroup& group : moves.groups) {
    const std::optional<Error> why_all = check.why_not(group);
    const std::vector<NameToGo> names = names_to_go(tracks_of(group.drops), snapshot);
    for (const PlanDrop& loser : group.drops) {
      const TrackRecord &drop = loser.file.track, &keep = group.keep.track;
      const auto why = why_all ? why_all : why_names_stay(drop, names, settings.protected_folders);
      if (why)
        on_step(group, never_announced(drop, MovePurpose::set_aside, *why));
      else if (settings.link && has_equal_bytes(drop, keep))
        on_step(group, link_step(drop, keep, *settings.link, {StepState::done}));
      else
        on_step(group, previewed(drop, places.place_for(drop.path, "RUN").to));
    }
  }
}

}  // namespace echofold
