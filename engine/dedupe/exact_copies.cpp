// Compares hashes; opens no file.
#include "engine/dedupe/exact_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/dedupe/contents.h"
#include "engine/dedupe/doubts.h"
#include "engine/dedupe/rank.h"
#include "engine/dedupe/side.h"

namespace echofold {
namespace {

/// If a file has no fingerprint, its samples must show that there is sound: bits that are ever set.
bool has_sound(const TrackRecord& track) noexcept {
  return track.status == TrackStatus::fingerprinted ||
         (track.hashes.samples.known() && track.quality.used_bits > 0);
}

Ranked ranked(const TrackRecord& track, const PlanSettings& settings) {
  Ranked out{&track};
  out.is_new = is_new(track, settings);
  return out;
}

/// The plan for a copy of the same audio that has no fingerprint.
void decide_by_audio(PlanDrop& drop, const TrackRecord& keep, const PlanSettings& settings) {
  const Ranked better = ranked(keep, settings), worse = ranked(drop.file.track, settings);
  const RankReason reason = compare_copies(better, worse, settings.rank);
  drop.relation = Relation::same_recording;
  drop.band = Band::automatic;
  drop.action = Action::none;
  drop.why = why_worse(reason, worse);
  if (is_protected(drop.file.track, settings.rank)) {
    drop.why = "in a protected folder";
  } else if (!has_sound(keep) || !has_sound(drop.file.track)) {
    drop.band = Band::related;
    drop.why = "the same audio, but too little sound to recognise it";
  } else if (reason.order > 0) {
    drop.band = Band::related;
    drop.why = "the same audio; the other was ranked first";
  } else if (const auto doubts = doubts_about(better, worse, reason, settings.rank); !doubts.empty()) {
    drop.action = Action::review;
    drop.why += fmt::format("; to review: {}", fmt::join(doubts, "; "));
  } else {
    drop.action = Action::move;
  }
}

void mark(PlanGroup& group, const PlanSettings& settings) {
  for (PlanDrop& drop : group.drops) {
    const bool same = same_audio(group.keep.track, drop.file.track);
    drop.exact = same && same_further_streams(group.keep.track, drop.file.track);
    if (same && drop.relation == Relation::insufficient) decide_by_audio(drop, group.keep.track, settings);
  }
}

bool takes_part(const TrackRecord& track) {
  return track.place == TrackPlace::present &&
         (track.status == TrackStatus::too_short || track.status == TrackStatus::silent);
}

/// Removes what can't be compared: all tracks if none is wanted, else the unwanted ones whose files are not there.
void keep_comparable(std::vector<TrackRecord>& tracks, const PlanSettings& settings) {
  const auto wanted = [&](const TrackRecord& track) { return is_wanted(track, settings); };
  const bool any = std::any_of(tracks.begin(), tracks.end(), wanted);
  std::erase_if(tracks, [&](const TrackRecord& track) {
    return !any || (!wanted(track) && !is_there(track, settings));
  });
}

/// The hash by which copies are found; unknown for a track without one.
const Hash128& key_of(const TrackRecord& track) noexcept {
  return track.hashes.samples.known() ? track.hashes.samples : track.hashes.payload;
}

PlanGroup group_of(std::vector<TrackRecord>& tracks, const PlanSettings& settings) {
  std::sort(tracks.begin(), tracks.end(), [&](const TrackRecord& a, const TrackRecord& b) {
    return compare_copies(ranked(a, settings), ranked(b, settings), settings.rank).order < 0;
  });
  PlanGroup group;
  group.keep = {tracks.front(), is_new(tracks.front(), settings)};
  for (auto track = tracks.begin() + 1; track != tracks.end(); ++track) {
    if (same_file(tracks.front(), *track)) continue;
    if (!is_wanted(tracks.front(), settings) && !is_wanted(*track, settings)) continue;
    PlanDrop drop;
    drop.file = {*track, is_new(*track, settings)};
    drop.similarity = 1;
    drop.exact = same_further_streams(tracks.front(), *track);
    drop.rank = static_cast<std::uint32_t>(group.drops.size()) + 2;
    decide_by_audio(drop, tracks.front(), settings);
    group.drops.push_back(std::move(drop));
  }
  if (!group.drops.empty())
    group.why = compare_copies(ranked(tracks.front(), settings),
                               ranked(group.drops.front().file.track, settings), settings.rank)
                    .better;
  std::sort(group.drops.begin(), group.drops.end(),
            [](const PlanDrop& a, const PlanDrop& b) { return a.file.track.path < b.file.track.path; });
  return group;
}

}  // namespace

bool same_audio(const TrackRecord& a, const TrackRecord& b) noexcept {
  if (a.hashes.samples.known() && b.hashes.samples.known()) return a.hashes.samples == b.hashes.samples;
  return a.hashes.payload.known() && a.hashes.payload == b.hashes.payload &&
         a.hashes.payload_bytes == b.hashes.payload_bytes;
}

bool same_file(const TrackRecord& a, const TrackRecord& b) noexcept {
  return a.stamp.inode != 0 && a.stamp == b.stamp;
}

void add_exact_copies(Plan& plan, const Snapshot& snapshot, const PlanSettings& settings) {
  for (PlanGroup& group : plan.groups) mark(group, settings);
  std::map<Hash128, std::size_t> counts;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (takes_part(track) && key_of(track).known()) ++counts[key_of(track)];
  });
  std::erase_if(counts, [](const auto& entry) { return entry.second < 2; });
  if (counts.empty()) return;
  std::map<Hash128, std::vector<TrackRecord>> copies;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (takes_part(track) && counts.contains(key_of(track))) copies[key_of(track)].push_back(track);
  });
  for (auto& [hash, tracks] : copies) {
    keep_comparable(tracks, settings);
    if (tracks.size() < 2) continue;
    if (PlanGroup group = group_of(tracks, settings); !group.drops.empty())
      plan.groups.push_back(std::move(group));
  }
}

}  // namespace echofold
