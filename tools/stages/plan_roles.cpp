// See plan_roles.h.
#include "tools/stages/plan_roles.h"

#include <algorithm>

namespace echofold {
namespace {

/// Not a mere relative (an edit, another version).
bool is_of_copies(const PlanDrop& drop) noexcept {
  return drop.action != Action::none || drop.kept || is_copy(drop.relation);
}

PlanRole role_of(const PlanDrop& drop) noexcept {
  if (drop.action == Action::move) return PlanRole::loser;
  return drop.action == Action::review ? PlanRole::review : PlanRole::none;
}

}  // namespace

PlanRoles::PlanRoles(const Plan& plan) {
  for (const PlanGroup& group : plan.groups) {
    if (std::ranges::any_of(group.drops, is_of_copies)) roles_[group.keep.track.id] = PlanRole::keeper;
    for (const PlanDrop& drop : group.drops) roles_[drop.file.track.id] = role_of(drop);
  }
}

PlanRole PlanRoles::of(TrackId track) const {
  const auto role = roles_.find(track);
  return role == roles_.end() ? PlanRole::none : role->second;
}

}  // namespace echofold
