// Walks over the pairs once, then looks at files.
#include "engine/act/other_copies.h"

#include <algorithm>

#include "engine/act/journal/move_step.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/stamp.h"
#include "index/pair/relation.h"

namespace echofold {
namespace {

bool chosen_over(const Snapshot& snapshot, const TrackRecord& stays, const TrackRecord& goes) {
  return snapshot.verdict(stays.items_hash, goes.items_hash) == Verdict::keep_a;
}

}  // namespace

OtherCopies::OtherCopies(const Snapshot& snapshot, const std::vector<TrackId>& losers) : snapshot_(snapshot) {
  for (const TrackId loser : losers) {
    const auto record = snapshot.track(loser);
    if (!record) continue;
    std::vector<TrackId>& partners = partners_[loser];
    if (record->item_count > 0) partners = snapshot.tracks_with(record->items_hash);
    std::erase(partners, loser);
  }
  snapshot.for_each_pair([&](TrackId a, TrackId b, const Evidence& evidence) {
    const auto of_a = partners_.find(a), of_b = partners_.find(b);
    if (of_a == partners_.end() && of_b == partners_.end()) return;
    const auto one = snapshot.track(a), other = snapshot.track(b);
    if (!one || !other) return;
    const bool same = judge(evidence).relation == Relation::same_recording;
    if (of_a != partners_.end() && (same || chosen_over(snapshot, *other, *one))) of_a->second.push_back(b);
    if (of_b != partners_.end() && (same || chosen_over(snapshot, *one, *other))) of_b->second.push_back(a);
  });
}

bool OtherCopies::is_present(const TrackRecord& track, const Move& move) const {
  if (track.place != TrackPlace::present || track.id == move.track) return false;
  try {
    const auto now = look_at(track.path);
    return now && S_ISREG(now->st_mode) && is_same_but_device(track.stamp, *now);
  } catch (const Error&) {
    return false;
  }
}

bool OtherCopies::is_there(const Move& move, const std::string& keeper) const {
  if (const auto id = snapshot_.find_path(keeper))
    if (const auto track = snapshot_.track(*id); track && is_present(*track, move)) return true;
  const auto partners = partners_.find(move.track);
  return partners != partners_.end() &&
         std::any_of(partners->second.begin(), partners->second.end(), [&](TrackId id) {
           const auto track = snapshot_.track(id);
           return track && is_present(*track, move);
         });
}

}  // namespace echofold
