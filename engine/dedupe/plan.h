// The plan: groups with their keepers and losers. It is data; nothing is moved.
//
// One type for all plans: the one that was just made, one that was written and read back (plan_ndjson.h), and the
// answers of a review. `apply` acts on it as it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/dedupe/match.h"
#include "engine/dedupe/rank.h"
#include "index/model/heard.h"
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
  double speed = 1;     ///< the drop plays so many times as fast as the keeper
  Relation relation = Relation::unrelated;
  Band band = Band::none;
  Action action = Action::none;
  std::uint32_t rank = 2;           ///< among the copies of its group; the keeper is 1
  std::string why;                  ///< why it is the worse copy, or why it is not moved
  bool chosen = false;              ///< the user chose the keeper in a review
  bool exact = false;               ///< decodes to the very same samples as the keeper
  bool kept = false;                ///< stays because `undo` brought it back (kept.h)
  bool answered = false;            ///< the user answered before, and is asked again
  std::optional<Heard> heard = {};  ///< keeper first; nothing if nobody listened to the pair
};

struct PlanGroup {
  std::uint32_t number = 0;  ///< from 1
  PlanFile keep;
  std::string why;  ///< what makes it the better copy
  std::vector<PlanDrop> drops;
};

/// True if every loser stays because `undo` brought it back: there is nothing to do or to ask. Tables leave it out.
bool is_taken_back(const PlanGroup& group) noexcept;

struct Plan {
  std::string library_id;
  std::vector<PlanGroup> groups;
};

/// True if a drop of the plan has this action.
bool has(const Plan& plan, Action action) noexcept;

/// The part of the plan that one action makes: the drops that have it, and the groups that have such drops.
Plan only(Plan plan, Action action);

/// The tracks of the drops, in their order.
std::vector<TrackRecord> tracks_of(const std::vector<PlanDrop>& drops);

/// The same, the best first. Those of equal rank stay in their order.
std::vector<TrackRecord> best_first(std::vector<PlanDrop> drops);

/// What is known by ear of a pair.
struct ByEar {
  std::optional<Heard> heard;  ///< keeper first
  std::string why_not = {};    ///< why the pair could not be listened to; empty also if nobody tried yet
};

/// What a plan may do to albums.
enum class Scope : std::uint8_t {
  track,  ///< each copy is judged by itself
  album   ///< a complete album stays whole, or goes as a whole
};

struct PlanSettings {
  Thresholds thresholds;
  RankSettings rank;
  /// The keeper may lack so many audible seconds of a loser that is moved unasked.
  double max_missing_s = 1.0;
  Scope scope = Scope::album;
  bool again = false;  ///< plans also what `undo` brought back
  bool redo = false;   ///< asks again about pairs that were answered in a review
  /// Only pairs with at least one side under these absolute paths; empty: all.
  std::vector<std::string> under;
  /// Files under these absolute paths are new: of two copies that sound equally good the other one stays.
  std::vector<std::string> new_folders;
  /// Copies that are not under `under` stay, whatever the ranking says.
  bool only_under = false;
  /// Whether the file of a copy that is not under `under` is there, as it was scanned. If not, the copy takes no part.
  /// Empty: all are there.
  std::function<bool(const TrackRecord&)> is_there;
  /// What is known by ear of a pair that would be moved or asked about; the evidence says where the loser begins in the
  /// keeper's time, by the fingerprints. A pair that was heard is moved unasked only if a listener would call both the
  /// same, and one that could not be listened to is not. For a pair that nobody tried to listen to, and if this is
  /// empty, the fingerprints alone decide.
  std::function<ByEar(const TrackRecord& keeper, const TrackRecord& loser, const Evidence& evidence)> by_ear =
      {};
  /// What was heard of two copies so far. The ranking uses it: a lossless file that is proved to be decoded from a lossy
  /// copy is not better than that copy. Empty: nothing was heard.
  std::function<std::optional<Heard>(const TrackRecord& a, const TrackRecord& b)> heard_so_far = {};
};

/// Makes stars around keepers: every loser was compared with its keeper itself. A file is in at most one group.
///
/// - With `under`, a copy outside it is only compared with copies under it, never with another one outside.
/// - The order: groups by their keepers' paths, then groups that are only related, last those whose losers all stay
///   because `undo` brought them back; drops by their paths.
/// - Pairs with the verdict "keep both" are left out. A verdict that one copy stays decides, whatever the ranking says.
/// - Listed with Action::none: related pairs (edits, versions, insufficient) of tracks that are in no star, losers in a
///   protected folder, losers that a complete album needs (albums.h), and, without `again`, what `undo` brought back.
/// - Copies of the very same audio are marked, and found among tracks without a fingerprint, too (exact_copies.h).
/// - What is heard can change the ranking, and with it which pairs are asked for by `by_ear`: the plan is final when it
///   asks for no pair that is not known.
/// - Two names of one file (hard links) are never copies of each other.
/// - Imported tracks are planned like any other; `apply` refuses them.
Plan make_plan(const Snapshot& snapshot, const std::string& library_id, const PlanSettings& settings);

}  // namespace echofold
