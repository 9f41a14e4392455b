// Groups of a plan whose losers are certain and will be moved.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/dedupe/plan.h"

namespace echofold::test {

/// @param rank  among the copies of its group
inline PlanDrop certain_loser(TrackRecord track, std::uint32_t rank = 2) {
  PlanDrop drop;
  drop.file.track = std::move(track);
  drop.relation = Relation::same_recording;
  drop.band = Band::automatic;
  drop.action = Action::move;
  drop.rank = rank;
  return drop;
}

inline PlanGroup certain_group(std::uint32_t number, TrackRecord keep, std::vector<TrackRecord> losers = {}) {
  PlanGroup group;
  group.number = number;
  group.keep.track = std::move(keep);
  group.why = "lossless";
  for (TrackRecord& loser : losers) group.drops.push_back(certain_loser(std::move(loser)));
  return group;
}

}  // namespace echofold::test
