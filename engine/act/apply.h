// Plan -> files: sets losers aside, re-checking everything first. Never deletes.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/act/journal/step.h"
#include "engine/act/rewrite.h"
#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// A file that is no longer at its old place, and the file that stands for it now: the copy that stays, or the file
/// itself at its new place.
struct GoneFile {
  std::string path, keeper;
};

/// Called once after all moves, also in a run that was stopped, but never with an empty list. May rewrite
/// what points at the moved files.
using AfterMoves = std::function<void(Rewriter&, const std::vector<GoneFile>&)>;

struct ApplySettings {
  /// Absolute. Empty: `<root>/.echofold-duplicates` of the file's own root. It may lie inside a scanned root only if
  /// a part of its path below the root is hidden; otherwise the next scan would find its files again.
  std::string set_aside_dir = {};

  /// The keeper gets the folder and stem of the first loser, by path, that was set aside, with the keeper's own
  /// extension, so that what points at the loser finds the better copy. The keeper's partner files go along.
  bool keep_path = false;
  /// Absolute. A keeper in one of them stays in its place. So does a loser that has another name (a hard link) in one.
  std::vector<std::string> protected_folders = {};

  /// A loser that has the bytes of its keeper is not set aside: it becomes a link to the keeper, in its place. If it
  /// can't be linked, it stays and is skipped. Losers with other bytes are set aside as usual.
  std::optional<LinkKind> link = {};

  /// Called for a group that has passed its checks, before any of its files changes. May rewrite the keeper.
  /// @param group  only with the losers that are about to go
  /// @return  the keeper as it is afterwards; an Error says why the group has to stay
  std::function<TrackRecord(Rewriter&, const PlanGroup& group)> prepare_keeper = {};

  AfterMoves after_moves = {};

  /// For a plan that comes from outside: each loser has to be a copy of its keeper in the library (matched.h), by these
  /// thresholds, or its group stays. Nothing: the plan is trusted, like one that this very run has made.
  std::optional<Thresholds> must_match = {};
};

struct ApplySummary {
  std::string run;  ///< empty when there was nothing to do
  std::uint64_t moved = 0, linked = 0, skipped = 0;
  std::uint64_t renamed = 0;  ///< keepers that got their loser's place; not counted in `moved`
  std::uint64_t along = 0;  ///< partner files that went with their music; not counted in `moved` or `renamed`
  std::uint64_t names = 0;  ///< further names (hard links) of moved files; likewise
  std::uint64_t bytes = 0;  ///< of all linked and set-aside files, or of all that rename_files() renamed
  bool interrupted = false;
};

/// Called with the step of each loser, of each file that went along, and of a keeper that was renamed or should have
/// been. A step that is not done says why in its note; a note of one that is done is for the user.
using OnGroupStep = std::function<void(const PlanGroup& group, const Step& step)>;

/// Moves each loser of the plan whose action is `move` to `<root>/.echofold-duplicates/<run>/<path under the root>`.
///
/// Just before a group is processed, the stamps of its keeper and losers are compared with the plan: any
/// difference skips the whole group. Both are compared again just before each move. If the keeper goes or changes
/// while the group is processed, what was moved for it is brought back. Each move is journalled: intent, fsync, move,
/// done. A file that can't be moved ends its group, not the run. Reports the steps of each group once the group is
/// done.
///
/// Partner files that belong to a loser alone (engine/partner) go along: all of them, or none and the loser stays. The
/// further names of its file (hard_links.h) go along, too: if not all of them can go, the loser stays and is skipped.
/// The set-aside folder gets guard files (guard_files.h). A stop takes effect between two moves.
/// @throws Error  Fault::usage for imported tracks, a plan of another library or an unsuitable set-aside folder (no
///                file of the plan was touched); Fault::full / io if the journal itself can't be written: the next
///                recover() then resolves what was moved
ApplySummary apply(Store& store, const Plan& plan, const ApplySettings& settings,
                   const OnGroupStep& on_step = {}, std::stop_token stop = {});

/// Reports the steps of all losers as apply() would leave them, by the same checks. Changes nothing. In a new place,
/// `RUN` stands for the name of the run.
/// @throws Error Fault::usage as apply()
void preview_apply(const Store& store, const Plan& plan, const ApplySettings& settings,
                   const OnGroupStep& on_step);

}  // namespace echofold
