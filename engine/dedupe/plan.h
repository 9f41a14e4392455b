// Groups with keeper and losers: data that says what could be done, and touches nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/dedupe/match.h"
#include "engine/dedupe/rank.h"
#include "index/model/record.h"
#include "index/pair/relation.h"
#include "index/store/store.h"

namespace echofold {

enum class Action : std::uint8_t { move, review, none };
std::string_view name_of(Action action) noexcept;

struct PlanFile {
  TrackRecord track;    ///< as it was when the plan was made; path and stamp are what `apply` checks
  bool is_new = false;  ///< under PlanSettings::new_folders
};

struct PlanDrop {
  PlanFile file;
  double similarity = 0;
  double offset_s = 0;  ///< where the drop's audio starts in the keeper's time
  Relation relation = Relation::unrelated;
  Band band = Band::none;
  Action action = Action::none;
  std::uint32_t rank = 2;  ///< among the copies of its group; the keeper is 1
  std::string why;         ///< why it is the worse copy, or why it is not moved
  bool chosen = false;     ///< the user said in a review that the keeper stays
  bool exact = false;      ///< decodes to the very same samples as the keeper
  bool kept = false;       ///< stays since `undo` brought it back (kept.h)
  bool answered = false;   ///< asked about again: the user answered before
};

struct PlanGroup {
  std::uint32_t number = 0;  ///< from 1
  PlanFile keep;
  std::string why;  ///< what makes it the better copy
  std::vector<PlanDrop> drops;
};

/// Every copy of it stays since `undo` brought it back: there is nothing to do, and nothing to ask. Tables leave it out.
bool is_taken_back(const PlanGroup& group) noexcept;

struct Plan {
  std::string library_id;
  std::vector<PlanGroup> groups;
};

/// What a plan may do to albums.
enum class Scope : std::uint8_t {
  track,  ///< each copy for itself
  album   ///< a complete album stays whole, or goes as a whole
};

struct PlanSettings {
  Thresholds thresholds;
  RankSettings rank;
  /// Audible seconds that a keeper may lack of a loser that is moved without asking.
  double max_missing_s = 1.0;
  Scope scope = Scope::album;
  bool again = false;  ///< also what `undo` brought back
  bool redo = false;   ///< what was answered in a review is asked about again
  /// Only pairs with at least one side under these absolute paths; empty: all.
  std::vector<std::string> under;
  /// What is under these absolute paths is new: of two copies that sound equally good the other stays.
  std::vector<std::string> new_folders;
  /// Copies that are not under `under` stay, whatever the ranking says.
  bool only_under = false;
  /// Of a copy that is not under `under`: whether its file is there, as it was scanned. Those that are not take no part. Empty:
  /// all are.
  std::function<bool(const TrackRecord&)> is_there;
};

/// Stars around keepers: every loser was compared with its keeper itself. A file stands in at most one group.
/// With `under` a copy that is not under it has only copies that are for neighbours: two such copies are never set against
/// each other.
/// Groups come in the order of their keepers' paths, groups of mere relatives behind them, and last those whose copies were
/// all taken back; drops in the order of their paths.
/// Pairs with a verdict "keep both" are left out, and one with the verdict that one copy stays is planned so,
/// whatever the ranking says. Related pairs (edits, versions, too little to tell) of tracks that stand in no
/// star are listed with Action::none, as are losers in a protected folder, and those that a complete album needs (albums.h).
/// Copies of the very same audio are marked, and found among tracks without a fingerprint, too (exact_copies.h). Two names of one file (hard links)
/// are never copies of each other.
/// A copy that `undo` brought back stays (Action::none) unless the settings say `again`.
/// Imported tracks are planned like any other; `apply` refuses them.
Plan make_plan(const Snapshot& snapshot, const std::string& library_id, const PlanSettings& settings);

}  // namespace echofold
