// Groups in the format of `plan --format ndjson`.
#pragma once

#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/dedupe/plan_ndjson.h"

namespace echofold::test {

/// A plan in which each loser is certain and will be moved.
inline std::string plan_text(const std::vector<RemovalGroup>& groups, const std::string& library_id) {
  std::string lines;
  for (const RemovalGroup& group : groups) {
    PlanGroup planned{group.number, {group.keep}, "lossless", {}};
    for (const TrackRecord& track : group.drop) {
      PlanDrop drop;
      drop.file.track = track;
      drop.relation = Relation::same_recording;
      drop.band = Band::automatic;
      drop.action = Action::move;
      planned.drops.push_back(drop);
    }
    lines += group_to_line(planned, library_id) + "\n";
  }
  return lines;
}

}  // namespace echofold::test
