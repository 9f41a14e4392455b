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
#include "engine/act/journal/applied_file.h"
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

std::vector<TrackRecord> tracks_of(const std::vector<Loser>& losers) {
  return {losers.begin(), losers.end()};
}

/// One call of apply(). An exception from the journal ends it at once: the disk and the journal then hold all that
/// recover() needs.
class Run {
 public:
  Run(Store& store, const std::vector<RemovalGroup>& groups, const ApplySettings& settings,
      const std::function<void(const AppliedFile&)>& on_file, std::stop_token stop)
      : store_(store),
        run_(store, "set_aside"),
        check_(store, groups, settings.must_match),
        settings_(settings),
        places_(store.snapshot().roots(), settings.set_aside_dir),
        on_file_(on_file),
        stop_(std::move(stop)) {
    const Snapshot snapshot = store.snapshot();
    for (const RemovalGroup& group : groups) along_.plan(names_to_go(tracks_of(group.drop), snapshot));
  }

  ApplySummary apply(const std::vector<RemovalGroup>& groups) {
    for (const RemovalGroup& group : groups) {
      if (stopped()) break;
      if (!group.drop.empty()) apply_group(group);
    }
    if (run_.is_open()) close();
    return summary_;
  }

 private:
  bool stopped() {
    summary_.interrupted = summary_.interrupted || stop_.stop_requested();
    return summary_.interrupted;
  }

  void apply_group(RemovalGroup group) {
    if (const std::string why = check_.why_not(group); !why.empty()) return skip_group(group, why);
    leave_named_elsewhere(group);
    if (group.drop.empty()) return;
    run_.open();
    summary_.run = run_.run();
    if (settings_.prepare_keeper) try {
        group.keep = settings_.prepare_keeper(rewriter_, group);
      } catch (const Error& e) {
        return skip_group(group, naming(group.keep.path, e.what()));
      }
    if (settings_.link) link_equal(group);
    if (!group.drop.empty()) move_group(group);
  }

  /// Takes the losers out of the group whose names can't all go, and reports them.
  void leave_named_elsewhere(RemovalGroup& group) {
    const std::vector<NameToGo> names = names_to_go(tracks_of(group.drop), store_.snapshot());
    std::erase_if(group.drop, [&](const TrackRecord& drop) {
      const std::string why = why_names_stay(drop, names, settings_.protected_folders);
      if (!why.empty()) skip(group.number, drop, why);
      return !why.empty();
    });
  }

  /// Links the losers that have the bytes of the keeper and takes them out of the group, also those that can't be
  /// linked.
  void link_equal(RemovalGroup& group) {
    std::vector<Loser> others;
    for (Loser& drop : group.drop) {
      if (stopped() || !has_equal_bytes(drop, group.keep)) {
        others.push_back(std::move(drop));
        continue;
      }
      const Rewritten linked = rewriter_.link(
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
    const std::size_t first = run_.announce(std::move(intent));
    set_aside(group, folders, touched, first);
    if (settings_.keep_path) take_place(group, first);
    for (std::size_t i = first; i < run_.steps().size(); ++i) report(group.number, run_.move_at(i));
  }

  /// @param folders  set to the folders that have to be made, @param touched to the existing ones that will change
  Intent intent_of(const RemovalGroup& group, std::vector<FolderToMake>& folders,
                   std::vector<std::string>& touched) {
    Intent intent;
    std::set<std::string> planned = run_.made();
    const std::vector<NameToGo> names = names_to_go(tracks_of(group.drop), store_.snapshot());
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
                                now->st_mode, now->st_uid, now->st_gid, group.keep.path,
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

  void set_aside(const RemovalGroup& group, const std::vector<FolderToMake>& folders,
                 const std::vector<std::string>& touched, std::size_t first) {
    std::string why = run_.make_folders(folders);
    for (std::size_t i = first; why.empty() && i < run_.steps().size(); ++i)
      if (const std::string folder = guarded_folder(run_.move_at(i).move.to, run_.run());
          guarded_.insert(folder).second)
        put_guards(folder);
    for (std::size_t i = first; i < run_.steps().size(); ++i) {
      if (why.empty() && stopped()) why = "stopped on request before it was moved";
      if (why.empty()) why = change_of_keeper(group.keep);
      if (why.empty())
        why = run_.move_one(i, touched);
      else
        run_.skip(i, why);
    }
    bring_back_partners(first);
    // A group must not stay set aside without its keeper. The keeper may even be a loser under another name, on a file
    // system that shows one file twice.
    if (const std::string lost = change_of_keeper(group.keep); !lost.empty()) run_.bring_back(first, lost);
  }

  /// Partner files and further names are moved first. Those whose music stays are brought back.
  void bring_back_partners(std::size_t first) {
    const auto was_moved = [&](const std::string& music) {
      for (const MoveStep& step : moves_of(std::span(run_.steps()).subspan(first)))
        if (step.move.from == music && step.state == StepState::done) return true;
      return false;
    };
    for (std::size_t i = run_.steps().size(); i-- > first;) {
      const MoveStep& step = run_.move_at(i);
      if (!step.move.goes_with.empty() && step.state == StepState::done && !was_moved(step.move.goes_with))
        run_.bring_one_back(i, "its music stays");
    }
  }

  /// Moves the keeper to the place of the first loser, by path, that is set aside, and its partner files with it.
  void take_place(const RemovalGroup& group, std::size_t first) {
    std::vector<const MoveStep*> gone;
    for (const MoveStep& step : moves_of(std::span(run_.steps()).subspan(first)))
      if (step.state == StepState::done && step.move.goes_with.empty()) gone.push_back(&step);
    if (gone.empty() || stopped()) return;
    const MoveStep* loser = *std::min_element(
        gone.begin(), gone.end(), [](const auto* a, const auto* b) { return a->move.from < b->move.from; });
    std::string why;
    auto moves = moves_to_place(group.keep, along_.with(group.keep.path), loser->move.from,
                                settings_.protected_folders, why);
    if (!why.empty()) {
      ++summary_.skipped;
      AppliedFile row{group.number, group.keep.path, "", naming(group.keep.path, why), ""};
      row.renamed = true;
      if (on_file_) on_file_(row);
    }
    if (moves.empty()) return;
    const auto touched = folders_of(moves.back());
    Intent intent;
    intent.folders = run_.about_to_change(touched);
    for (Move& move : moves) {
      move.root = places_.root_of(move.from);
      intent.moves.push_back(std::move(move));
    }
    const std::size_t from = run_.announce(std::move(intent));
    why.clear();
    for (std::size_t i = from; i < run_.steps().size(); ++i) {
      if (why.empty())
        why = run_.move_one(i, touched);
      else
        run_.skip(i, why);
    }
    bring_back_partners(from);
  }

  void skip_group(const RemovalGroup& group, const std::string& why) {
    for (const TrackRecord& drop : group.drop) skip(group.number, drop, why);
  }

  void skip(std::uint32_t group, const TrackRecord& drop, const std::string& why) {
    ++summary_.skipped;
    if (on_file_) on_file_({group, drop.path, "", why, ""});
  }

  void report(std::uint32_t group, const MoveStep& entry) {
    const bool moved = entry.state == StepState::done;
    const bool renamed = entry.move.purpose == MovePurpose::rename;
    const bool partner = !entry.move.goes_with.empty();
    const bool further_name = !entry.move.link_of.empty();
    if (partner && !moved) return;  // the row of its music says why
    ++(!moved         ? summary_.skipped
       : further_name ? summary_.names
       : partner      ? summary_.along
       : renamed      ? summary_.renamed
                      : summary_.moved);
    if (moved && !renamed && !further_name) summary_.bytes += entry.move.stamp.size_bytes;
    if (!on_file_) return;
    AppliedFile row{group, entry.move.from, "", "", ""};
    row.renamed = renamed;
    row.goes_with = entry.move.goes_with;
    row.link_of = entry.move.link_of;
    (moved ? row.target : row.skipped) = moved ? entry.move.to : entry.note;
    if (moved) row.note = entry.note;
    on_file_(row);
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
  const std::function<void(const AppliedFile&)>& on_file_;
  std::stop_token stop_;
  Rewriter rewriter_{run_};
  ApplySummary summary_;
};

}  // namespace

std::vector<RemovalGroup> automatic_removals(const Plan& plan) {
  std::vector<RemovalGroup> removals;
  for (const PlanGroup& group : plan.groups) {
    RemovalGroup removal{group.number, group.keep.track, {}};
    for (const PlanDrop& drop : group.drops)
      if (drop.action == Action::move) removal.drop.emplace_back(drop.file.track, drop.rank);
    if (!removal.drop.empty()) removals.push_back(std::move(removal));
  }
  return removals;
}

std::vector<TrackRecord> best_first(const RemovalGroup& group) {
  std::vector<Loser> losers = group.drop;
  std::stable_sort(losers.begin(), losers.end(),
                   [](const Loser& a, const Loser& b) { return a.rank < b.rank; });
  return tracks_of(losers);
}

ApplySummary apply(Store& store, const std::string& plan_library_id, const std::vector<RemovalGroup>& groups,
                   const ApplySettings& settings, const std::function<void(const AppliedFile&)>& on_file,
                   std::stop_token stop) {
  require_ours(store, plan_library_id, groups);
  return Run(store, groups, settings, on_file, std::move(stop)).apply(groups);
}

std::vector<AppliedFile> preview_apply(const Store& store, const std::string& plan_library_id,
                                       const std::vector<RemovalGroup>& groups,
                                       const ApplySettings& settings) {
  require_ours(store, plan_library_id, groups);
  const GroupCheck check(store, groups, settings.must_match);
  const Snapshot snapshot = store.snapshot();
  SetAsidePlaces places(snapshot.roots(), settings.set_aside_dir);
  std::vector<AppliedFile> files;
  for (const RemovalGroup& group : groups) {
    const std::string why_all = check.why_not(group);
    const std::vector<NameToGo> names = names_to_go(tracks_of(group.drop), snapshot);
    for (const TrackRecord& drop : group.drop) {
      const std::string why =
          why_all.empty() ? why_names_stay(drop, names, settings.protected_folders) : why_all;
      AppliedFile file{group.number, drop.path, "", why, ""};
      const bool links = why.empty() && settings.link && has_equal_bytes(drop, group.keep);
      if (links) file.linked = *settings.link == LinkKind::hard ? "hard_link" : "reflink";
      if (why.empty()) file.target = links ? drop.path : places.place_for(drop.path, "RUN").to;
      files.push_back(std::move(file));
    }
  }
  return files;
}

}  // namespace echofold
