// Plan -> files: sets losers aside, re-checking everything first. Never deletes.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "engine/act/journal/applied_file.h"
#include "engine/act/rewrite.h"
#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// A copy to be set aside, and how good it is among the copies of its group.
struct Loser : TrackRecord {
  /// A track alone is the best: there is nothing to compare it with.
  Loser(TrackRecord track, std::uint32_t rank = 0) : TrackRecord(std::move(track)), rank(rank) {}
  std::uint32_t rank;  ///< the best has the lowest
};

/// One keeper and the copies to be set aside for it. What `plan` calls a group with action `move`, or an
/// answer of the review.
struct RemovalGroup {
  std::uint32_t number = 0;
  TrackRecord keep;
  std::vector<Loser> drop;
};

/// The copies to be set aside, the best first; those of one rank in their order.
std::vector<TrackRecord> best_first(const RemovalGroup& group);

/// The removals of a plan whose action is `move`.
std::vector<RemovalGroup> automatic_removals(const Plan& plan);

/// A file that is not where it was any more, and what is to be found in its stead: the copy that stays, or itself at its
/// new place.
struct GoneFile {
  std::string path, keeper;
};

/// Called once, when all is moved (also of a run that was stopped): may rewrite what points at the moved files.
using AfterMoves = std::function<void(Rewriter&, const std::vector<GoneFile>&)>;

struct ApplySettings {
  /// Absolute; empty: `<root>/.echofold-duplicates` of the file's own root. Inside a scanned root only where
  /// a part of it below the root is hidden: else the next scan would find its files again.
  std::string set_aside_dir = {};

  /// The keeper gets the place and stem of its first loser by path that was set aside, with its own extension: what
  /// points at the loser finds the better copy. Its partner files go along.
  bool keep_path = false;
  std::vector<std::string> protected_folders = {};  ///< absolute; a keeper in one of them keeps its own place

  /// A loser whose bytes are those of its keeper becomes a link of it in its place instead of being set aside; one
  /// that can't be linked stays, skipped. Losers of other bytes are set aside as ever.
  std::optional<LinkKind> link = {};

  /// Called for a group that has passed its checks, before anything of it changes: may rewrite the keeper.
  /// @return  the keeper as it is then; an Error says why the group has to stay
  std::function<TrackRecord(Rewriter&, const RemovalGroup&)> prepare_keeper = {};

  AfterMoves after_moves = {};

  /// The plan comes from outside: each loser has to be a copy of its keeper in the library (matched.h), by these thresholds,
  /// or its group stays. Nothing: the plan is trusted, as one that this very run has made.
  std::optional<Thresholds> must_match = {};
};

struct ApplySummary {
  std::string run;  ///< empty when there was nothing to do
  std::uint64_t moved = 0, linked = 0, skipped = 0;
  std::uint64_t renamed = 0;  ///< keepers that got their loser's place; not counted in `moved`
  std::uint64_t along = 0;    ///< partner files that went with their music; counted in neither
  std::uint64_t names = 0;    ///< further names (hard links) of moved files; likewise
  std::uint64_t bytes = 0;    ///< of the moved and linked files
  bool interrupted = false;
};

/// Moves each loser to `<root>/.echofold-duplicates/<run>/<path under the root>`.
///
/// Just before each step the stamps of loser and keeper are compared with the removal; any difference skips
/// the whole group; when the keeper goes while the group is in hand, what was moved for it is brought back.
/// Journalled: intent, fsync, move, done. Tells the files of each group when it is settled. A file that can't
/// be moved ends its group, not the run. What belongs to a loser alone (engine/partner) goes along: all of it, or none and
/// the loser stays. So do the further names of its file (hard_links.h): it stays, skipped, where not all of them can go.
/// The set-aside folder gets guard files (guard_files.h). A stop is obeyed between two moves.
/// @throws Error  Fault::usage for imported tracks, a plan of another library or an unfit set-aside folder
///                (nothing was touched), Fault::full / io when the journal itself can't be written: what was
///                moved by then is settled by the next recover()
ApplySummary apply(Store& store, const std::string& plan_library_id, const std::vector<RemovalGroup>& groups,
                   const ApplySettings& settings, const std::function<void(const AppliedFile&)>& on_file = {},
                   std::stop_token stop = {});

/// What apply() would do, by the same checks; nothing is touched. In a target `RUN` stands for the name of the run.
/// @throws Error Fault::usage as apply()
std::vector<AppliedFile> preview_apply(const Store& store, const std::string& plan_library_id,
                                       const std::vector<RemovalGroup>& groups,
                                       const ApplySettings& settings);

}  // namespace echofold
