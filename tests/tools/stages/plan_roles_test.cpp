// The role of each track in a plan.
#include "tools/stages/plan_roles.h"

#include <gtest/gtest.h>

namespace echofold::stages_plan_roles_test {
namespace {

PlanDrop drop_of(TrackId id, Action action, Relation relation) {
  PlanDrop drop;
  drop.file.track.id = id;
  drop.action = action;
  drop.relation = relation;
  return drop;
}

PlanGroup group_of(TrackId keeper, std::vector<PlanDrop> drops) {
  PlanGroup group;
  group.keep.track.id = keeper;
  group.drops = std::move(drops);
  return group;
}

TEST(PlanRolesTest, EachTrackHasTheRoleOfItsAction) {
  Plan plan;
  plan.groups.push_back(group_of(1, {drop_of(2, Action::move, Relation::same_recording),
                                     drop_of(3, Action::review, Relation::same_recording),
                                     drop_of(4, Action::none, Relation::same_recording)}));
  const PlanRoles roles(plan);
  EXPECT_EQ(roles.of(1), PlanRole::keeper);
  EXPECT_EQ(roles.of(2), PlanRole::loser);
  EXPECT_EQ(roles.of(3), PlanRole::review);
  EXPECT_EQ(roles.of(4), PlanRole::none);
  EXPECT_EQ(roles.of(5), PlanRole::none);
}

TEST(PlanRolesTest, TheBestOfMereRelativesIsNoKeeper) {
  Plan plan;
  plan.groups.push_back(group_of(1, {drop_of(2, Action::none, Relation::edit)}));
  plan.groups.push_back(group_of(3, {drop_of(4, Action::none, Relation::same_recording)}));
  plan.groups.push_back(group_of(5, {drop_of(6, Action::none, Relation::edit)}));
  plan.groups.back().drops.front().kept = true;
  const PlanRoles roles(plan);
  EXPECT_EQ(roles.of(1), PlanRole::none);
  EXPECT_EQ(roles.of(3), PlanRole::keeper) << "its copy is protected";
  EXPECT_EQ(roles.of(5), PlanRole::keeper) << "undo brought its copy back";
}

}  // namespace
}  // namespace echofold::stages_plan_roles_test
