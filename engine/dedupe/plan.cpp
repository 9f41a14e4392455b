// Makes stars around the best copies, adds related pairs, then orders and numbers the groups.
#include "engine/dedupe/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/dedupe/albums.h"
#include "engine/dedupe/copies.h"
#include "engine/dedupe/damaged_copies.h"
#include "engine/dedupe/decoded_copies.h"
#include "engine/dedupe/doubts.h"
#include "engine/dedupe/exact_copies.h"
#include "engine/dedupe/group.h"
#include "engine/dedupe/heard_words.h"
#include "engine/dedupe/kept.h"
#include "engine/dedupe/levels.h"
#include "engine/dedupe/partner_guard.h"
#include "engine/dedupe/plan_words.h"
#include "engine/dedupe/side.h"
#include "engine/dedupe/stored_heard.h"
#include "engine/dedupe/title_guard.h"
#include "index/pair/hearing.h"

namespace echofold {
namespace {

bool is_star_edge(const Copies& copies, Copy a, Copy b) {
  const Judgement judgement = copies.judgement(a, b);
  return judgement.relation == Relation::same_recording &&
         (judgement.band == Band::automatic || judgement.band == Band::review);
}

/// A keeper and its drops, by number; `drops` best first.
using Groups = std::vector<Star>;

Groups stars_of(const Copies& copies) {
  CopyGraph graph;
  graph.copies = copies.size();
  graph.neighbours = [&](Copy copy, const std::function<void(Copy)>& visit) {
    copies.for_each_neighbour(copy, [&](Copy other, const Copies::Edge&) {
      if (is_star_edge(copies, copy, other)) visit(other);
    });
  };
  graph.chosen = [&](Copy a, Copy b) { return copies.chosen(a, b); };
  return form_stars(graph);
}

/// Adds related tracks that are in no star: they join the best keeper that they were compared with, or form a group of
/// their own around the best of them.
void add_relatives(const Copies& copies, Groups& groups) {
  std::vector<bool> placed(copies.size(), false);
  std::map<Copy, std::size_t> group_of;  // of a keeper
  for (std::size_t i = 0; i < groups.size(); ++i) {
    group_of[groups[i].keeper] = i;
    placed[groups[i].keeper] = true;
    for (const Copy drop : groups[i].drops) placed[drop] = true;
  }
  for (Copy copy = 0; copy < copies.size(); ++copy) {
    if (placed[copy]) continue;
    std::optional<Copy> keeper;
    copies.for_each_neighbour(copy, [&](Copy other, const Copies::Edge&) {
      if (!is_star_edge(copies, copy, other) && group_of.contains(other) && (!keeper || other < *keeper))
        keeper = other;
    });
    if (keeper) {
      groups[group_of[*keeper]].drops.push_back(copy);
    } else {
      group_of[copy] = groups.size();
      groups.push_back({copy, {}});
    }
    placed[copy] = true;
  }
  std::erase_if(groups, [](const Star& group) { return group.drops.empty(); });
}

/// Two copies of one recording may differ by some seconds at their ends. If the longer one stays, nothing is lost. If
/// the better one is the shorter one, the user decides.
Judgement with_completeness_guard(const Judgement& judgement, double missing_s, double max_missing_s) {
  if (judgement.band != Band::automatic || missing_s <= max_missing_s) return judgement;
  return {judgement.relation, Band::review, "the better copy is shorter"};
}

/// Audible seconds at the ends of the loser that the keeper does not have. An item of a fingerprint covers 2.6 s: that
/// what comes first is silent, only the ear can say.
double missing_in_keeper(double by_fingerprints_s, const ByEar& by_ear) {
  const bool heard = by_ear.heard && by_ear.heard->lined_up;
  return heard ? std::min(by_fingerprints_s, by_ear.heard->head_b_s + by_ear.heard->tail_b_s)
               : by_fingerprints_s;
}

/// A pair of copies that were compared, and how they rank.
struct Compared {
  const Ranked &keeper, &loser;
  Judgement judgement;
  RankReason reason;
  std::string why;      ///< why the loser is worse
  bool chosen = false;  ///< the user chose the keeper
  double offset_s = 0;  ///< where the loser's audio starts in the keeper's time
  double speed = 1;     ///< the loser plays so many times as fast as the keeper
  ByEar by_ear = {};
};

/// A protected file stays, and worse copies go. A copy that sounds better stays as well.
bool is_better_than_protected(const Compared& pair, const PlanSettings& settings) {
  return pair.reason.rule == RankRule::protection &&
         compare_sound(pair.loser, pair.keeper, settings.rank) < 0;
}

/// What is known by ear of two copies that would be moved or asked about, or of a version that may be a remaster.
/// Nothing for copies that play the very same samples, and for tracks without a file to listen to.
ByEar by_ear_of(const TrackRecord& keeper, const TrackRecord& loser, const Judgement& judgement,
                const Evidence& evidence, const PlanSettings& settings) {
  if (!settings.by_ear || !is_worth_hearing(judgement, evidence) || !can_be_heard(keeper, loser)) return {};
  return settings.by_ear(keeper, loser, evidence);
}

/// The judgement of a pair that a listener heard, or could not hear.
Judgement with_ear(const Judgement& judgement, const Evidence& evidence, const ByEar& by_ear,
                   const Thresholds& thresholds) {
  if (by_ear.heard) return with_hearing(judgement, evidence, *by_ear.heard, thresholds);
  if (by_ear.why_not.empty() || judgement.band != Band::automatic) return judgement;
  return {judgement.relation, Band::review, guard_of_hearing};
}

std::string reason_by_ear(const ByEar& by_ear) {
  if (by_ear.heard) return hearing_text(*by_ear.heard, judge(*by_ear.heard));
  return by_ear.why_not.empty() ? "" : "was not compared by ear: " + by_ear.why_not;
}

/// Whether the ear says more exactly what the fingerprints doubt.
bool ear_says_more(const ByEar& by_ear, std::string_view guard) {
  if (!by_ear.heard || !is_doubt_about_sound(guard)) return false;
  const Hearing hearing = judge(*by_ear.heard).hearing;
  return hearing == Hearing::differs || hearing == Hearing::remaster;
}

/// The hole in one copy in which the ear heard a difference: one of the two says it.
Dropout heard_hole(const Compared& pair) {
  if (!pair.by_ear.heard || judge(*pair.by_ear.heard).reason != "burst") return {};
  return hole_at(*pair.keeper.track, *pair.loser.track, pair.offset_s,
                 pair.by_ear.heard->bursts.front().start_s);
}

/// The levels know how long a hole is; the ear knows to a tenth of a second when a word is missing.
std::vector<std::string> reasons_by_levels_and_ear(const Compared& pair) {
  constexpr double long_hole_s = 2;
  std::vector<std::string> reasons = level_doubts(*pair.keeper.track, *pair.loser.track, pair.offset_s);
  const Dropout hole = heard_hole(pair);
  const bool is_short = hole.found() && hole.length_s < long_hole_s;
  if (is_short && reasons.size() == 1) reasons.clear();  // it would say nothing else
  const bool said = pair.reason.rule == RankRule::soundness && pair.loser.dropout.found();
  for (std::string& reason : reasons)
    if (said && reason.starts_with("it ")) reason = "the other is louder there";
  const bool says_it = hole.found() && !is_short;
  if (std::string heard = reason_by_ear(pair.by_ear); !says_it && !heard.empty())
    reasons.push_back(std::move(heard));
  return reasons;
}

/// Why the user is asked before the loser goes; empty if it goes unasked.
std::vector<std::string> reasons_to_ask(const Compared& pair, const PlanSettings& settings) {
  std::vector<std::string> reasons = doubts_about(pair.keeper, pair.loser, pair.reason, settings.rank);
  if (pair.judgement.band != Band::automatic) {
    const auto titles = title_guard(*pair.loser.track, *pair.keeper.track);
    const std::string_view guard = pair.judgement.guard.empty() ? "similarity" : pair.judgement.guard;
    if (titles) reasons.insert(guard == guard_of_titles ? reasons.begin() : reasons.end(), *titles);
    const bool has_own_words =
        guard == guard_of_titles || guard == guard_of_hearing || ear_says_more(pair.by_ear, guard);
    if (!has_own_words)
      reasons.emplace(reasons.begin(),
                      guard == guard_of_speed ? speed_text(pair.speed) : std::string(guard_text(guard)));
  }
  if (pair.speed != 1) return reasons;  // the levels need a common offset; the speed says enough
  for (std::string& reason : reasons_by_levels_and_ear(pair)) reasons.push_back(std::move(reason));
  return reasons;
}

/// Decides what to do with one loser, and why.
void decide(PlanDrop& drop, const Compared& pair, const PlanSettings& settings) {
  drop.relation = pair.judgement.relation;
  drop.band = pair.judgement.band;
  drop.chosen = pair.chosen;
  drop.why = pair.chosen             ? "you chose the other"
             : pair.reason.order < 0 ? pair.why
                                     : "the other was ranked first";
  if (pair.judgement.band == Band::related) {
    drop.why = related_text(pair.judgement.relation, *pair.keeper.track, drop.file.track);
    if (pair.speed != 1) drop.why = speed_text(pair.speed) + ": its tempo alone was changed, or " + drop.why;
  } else if (is_protected(drop.file.track, settings.rank)) {
    drop.why = "in a protected folder";
  } else if (!pair.chosen && is_better_than_protected(pair, settings)) {
    drop.why = "better than the protected copy; both stay";
  } else {
    const auto reasons = pair.chosen ? std::vector<std::string>{} : reasons_to_ask(pair, settings);
    drop.action = reasons.empty() ? Action::move : Action::review;
    if (!reasons.empty()) drop.why += fmt::format("; to review: {}", fmt::join(reasons, "; "));
  }
}

/// The earlier answer: "you kept both", "you kept song.mp3".
std::string answered_text(const Copies& copies, Copy keeper, Copy copy, Verdict earlier) {
  if (earlier == Verdict::keep_both) return "you kept both";
  const auto kept = copies.chosen_earlier(keeper, copy);
  if (!kept) return "you kept one";
  const auto name = [&](Copy of) { return std::filesystem::path(copies.track(of).path).filename().native(); };
  return "you kept " + (name(keeper) == name(copy) ? copies.track(*kept).path : name(*kept));
}

/// For --redo. A related track was never asked about, so it has no answer.
void ask_again(PlanDrop& drop, const std::string& answered) {
  if (drop.band == Band::related) return;
  drop.answered = true;
  if (drop.action == Action::none) return;  // protected
  drop.why += (drop.action == Action::move ? "; to review: before, " : "; before, ") + answered;
  drop.action = Action::review;
}

/// Why the loser is the worse copy.
std::string why_loser(const Ranked& keeper, const Ranked& loser, const RankReason& reason,
                      const Evidence& evidence, const Thresholds& thresholds) {
  if (damaged_copy(evidence, *keeper.track, *loser.track, thresholds) == Damaged::b)
    return damaged_copy_text(*loser.track, *keeper.track);
  return reason.rule == RankRule::source && is_source_of(keeper, loser) ? decoded_text(*keeper.track)
                                                                        : why_worse(reason, loser);
}

PlanDrop make_drop(const Copies& copies, Copy keeper, Copy copy, const PlanSettings& settings) {
  PlanDrop drop;
  drop.file.track = copies.track(copy);
  drop.file.is_new = copies.ranked(copy).is_new;
  const Evidence evidence = copies.evidence(keeper, copy);
  drop.similarity = evidence.similarity();
  drop.offset_s = evidence.offset_s();
  drop.speed = evidence.speed;
  const Ranked &better = copies.ranked(keeper), &worse = copies.ranked(copy);
  const Judgement by_fingerprints = copies.judgement(keeper, copy);
  const bool chosen = copies.chosen(keeper, copy) == keeper;
  const bool is_decided = chosen || is_protected(*worse.track, settings.rank);
  ByEar by_ear =
      is_decided ? ByEar{} : by_ear_of(*better.track, *worse.track, by_fingerprints, evidence, settings);
  drop.heard = by_ear.heard;
  // Titles and lengths come last: what the ear says of the sound settles nothing about them.
  const Judgement judgement = with_completeness_guard(
      with_title_guard(with_ear(by_fingerprints, evidence, by_ear, settings.thresholds), *better.track,
                       *worse.track),
      missing_in_keeper(copies.missing_s(keeper, copy), by_ear), settings.max_missing_s);
  Compared pair{
      better,        worse,      judgement,        compare_copies(better, worse, settings.rank), {}, chosen,
      drop.offset_s, drop.speed, std::move(by_ear)};
  pair.why = why_loser(better, worse, pair.reason, evidence, settings.thresholds);
  decide(drop, pair, settings);
  if (const auto earlier = copies.edge(keeper, copy)->earlier_answer; earlier && !drop.chosen)
    ask_again(drop, answered_text(copies, keeper, copy, *earlier));
  return drop;
}

/// The reasons for the keeper over each of the losers, the strongest first, at most three.
std::string why_keep(const Copies& copies, const Star& group, const PlanSettings& settings) {
  std::map<RankRule, std::string_view> reasons;
  for (const Copy drop : group.drops) {
    const RankReason reason = compare_copies(copies.ranked(group.keeper), copies.ranked(drop), settings.rank);
    if (copies.chosen(group.keeper, drop) == group.keeper)
      reasons[RankRule::none] = "your choice";
    else if (reason.order < 0)
      reasons[reason.rule] = reason.better;
  }
  std::string why;
  std::size_t count = 0;
  for (const auto& [rule, reason] : reasons) {
    if (++count > 3) break;
    if (!why.empty()) why += "; ";
    why += reason;
  }
  return why;
}

PlanGroup make_group(const Copies& copies, const Star& group, const PlanSettings& settings) {
  PlanGroup out;
  out.keep.track = copies.track(group.keeper);
  out.keep.is_new = copies.ranked(group.keeper).is_new;
  out.why = why_keep(copies, group, settings);
  std::uint32_t rank = 1;
  for (const Copy copy : group.drops) {
    out.drops.push_back(make_drop(copies, group.keeper, copy, settings));
    out.drops.back().rank = ++rank;
  }
  std::sort(out.drops.begin(), out.drops.end(), [](const PlanDrop& x, const PlanDrop& y) {
    return std::tie(x.file.track.path, x.file.track.id) < std::tie(y.file.track.path, y.file.track.id);
  });
  return out;
}

/// What `undo` brought back is neither moved nor asked about, except that --redo asks again.
void keep_what_was_brought_back(Plan& plan, const Snapshot& snapshot) {
  for (PlanGroup& group : plan.groups)
    for (PlanDrop& drop : group.drops) {
      if (drop.action == Action::none || drop.answered || !is_kept(snapshot, drop.file.track.id)) continue;
      drop.action = Action::none;
      drop.kept = true;
      drop.why = drop.why.substr(0, drop.why.find("; to review: "));  // it is not asked about
      drop.why += "; stays: you took it back (--again plans it like any other)";
    }
}

/// True if every file is only related to the keeper, and none is a copy.
bool is_of_relatives(const PlanGroup& group) {
  return std::all_of(group.drops.begin(), group.drops.end(), [](const PlanDrop& drop) {
    return drop.action == Action::none && !is_copy(drop.relation);
  });
}

/// Groups of copies come first, and those that a table leaves out last, so that the numbers are consecutive in a table.
void order_and_number(std::vector<PlanGroup>& groups) {
  const auto place = [](const PlanGroup& group) {
    return std::make_tuple(is_taken_back(group), is_of_relatives(group),
                           std::string_view(group.keep.track.path), group.keep.track.id);
  };
  std::sort(groups.begin(), groups.end(),
            [&](const PlanGroup& x, const PlanGroup& y) { return place(x) < place(y); });
  std::uint32_t number = 0;
  for (PlanGroup& group : groups) group.number = ++number;
}

}  // namespace

std::string_view name_of(Action action) noexcept {
  switch (action) {
    case Action::move:
      return "move";
    case Action::review:
      return "review";
    case Action::none:
      break;
  }
  return "none";
}

bool is_taken_back(const PlanGroup& group) noexcept {
  const auto is_kept = [](const PlanDrop& drop) { return drop.kept; };
  return std::any_of(group.drops.begin(), group.drops.end(), is_kept) &&
         std::all_of(group.drops.begin(), group.drops.end(), [&](const PlanDrop& drop) {
           return drop.action == Action::none && (drop.kept || !is_copy(drop.relation));
         });
}

bool has(const Plan& plan, Action action) noexcept {
  return std::any_of(plan.groups.begin(), plan.groups.end(), [&](const PlanGroup& group) {
    return std::any_of(group.drops.begin(), group.drops.end(),
                       [&](const PlanDrop& drop) { return drop.action == action; });
  });
}

Plan only(Plan plan, Action action) {
  for (PlanGroup& group : plan.groups)
    std::erase_if(group.drops, [&](const PlanDrop& drop) { return drop.action != action; });
  std::erase_if(plan.groups, [](const PlanGroup& group) { return group.drops.empty(); });
  return plan;
}

std::vector<TrackRecord> tracks_of(const std::vector<PlanDrop>& drops) {
  std::vector<TrackRecord> tracks;
  tracks.reserve(drops.size());
  for (const PlanDrop& drop : drops) tracks.push_back(drop.file.track);
  return tracks;
}

std::vector<TrackRecord> best_first(std::vector<PlanDrop> drops) {
  std::stable_sort(drops.begin(), drops.end(),
                   [](const PlanDrop& a, const PlanDrop& b) { return a.rank < b.rank; });
  return tracks_of(drops);
}

Plan make_plan(const Snapshot& snapshot, const std::string& library_id, const PlanSettings& settings) {
  const Copies copies = Copies::load(snapshot, settings);
  Groups groups = stars_of(copies);
  add_relatives(copies, groups);
  Plan plan{library_id, {}};
  for (const Star& group : groups) plan.groups.push_back(make_group(copies, group, settings));
  add_exact_copies(plan, snapshot, settings);
  spare_others(plan, settings);
  ask_about_partners(plan);
  if (!settings.again) keep_what_was_brought_back(plan, snapshot);
  if (settings.scope == Scope::album) spare_complete_albums(plan, snapshot);
  order_and_number(plan.groups);
  return plan;
}

}  // namespace echofold
