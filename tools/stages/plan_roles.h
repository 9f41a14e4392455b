// The role of each track in a plan.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "engine/dedupe/plan.h"

namespace echofold {

enum class PlanRole : std::uint8_t {
  none,    ///< in no group, or only a relative or a copy that stays
  keeper,  ///< the best of a group that has a copy, even one that stays
  loser,   ///< the plan would move it
  review   ///< the user decides
};

class PlanRoles {
 public:
  explicit PlanRoles(const Plan& plan);
  PlanRole of(TrackId track) const;

 private:
  std::unordered_map<TrackId, PlanRole> roles_;
};

}  // namespace echofold
