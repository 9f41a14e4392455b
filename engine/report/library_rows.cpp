// Combines tracks with their place in the plan.
#include "engine/report/library_rows.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace echofold {
namespace {

struct Part {
  const PlanGroup* group = nullptr;
  const PlanDrop* drop = nullptr;  ///< null for the keeper
};

using Parts = std::unordered_map<TrackId, Part>;

Parts parts_of(const Plan& plan) {
  Parts parts;
  for (const PlanGroup& group : plan.groups) {
    parts[group.keep.track.id] = {&group, nullptr};
    for (const PlanDrop& drop : group.drops) parts[drop.file.track.id] = {&group, &drop};
  }
  return parts;
}

std::string_view state_of_drop(const PlanDrop& drop) noexcept {
  if (drop.action == Action::move) return "duplicate";
  if (drop.action == Action::review) return "review";
  if (drop.kept) return "kept";
  return is_copy(drop.relation) ? "protected" : "related";
}

/// The state according to the record alone; empty if the plan may decide it.
std::string_view state_of_record(const TrackRecord& track) noexcept {
  if (track.place == TrackPlace::set_aside) return "set_aside";
  if (track.place == TrackPlace::missing) return "missing";
  switch (track.status) {
    case TrackStatus::failed:
      return "failed";
    case TrackStatus::too_short:
      return "too_short";
    case TrackStatus::silent:
      return "silent";
    case TrackStatus::fingerprinted:
      break;
  }
  return {};
}

bool has_copies(const PlanGroup& group) {
  return std::any_of(group.drops.begin(), group.drops.end(),
                     [](const PlanDrop& drop) { return state_of_drop(drop) != "related"; });
}

void fill_from_plan(LibraryRow& row, const Part& part) {
  row.group = part.group->number;
  if (part.drop == nullptr) {
    row.quality_rank = 1;
    row.state = has_copies(*part.group) ? "keep" : "unique";
    row.why = part.group->why;
    return;
  }
  row.quality_rank = part.drop->rank;
  row.state = state_of_drop(*part.drop);
  row.duplicate_of = part.group->keep.track.path;
  row.similarity = part.drop->similarity;
  row.relation = part.drop->relation;
  row.why = part.drop->why;
}

LibraryRow make_link_row(TrackRecord track, const std::string& name) {
  LibraryRow row;
  row.link_of = std::move(track.path);
  row.track = std::move(track);
  row.track.path = name;
  row.state = "link";
  return row;
}

LibraryRow make_row(TrackRecord track, const Parts& parts) {
  LibraryRow row;
  row.track = std::move(track);
  row.state = state_of_record(row.track);
  row.why = row.track.failure;
  if (!row.state.empty()) return row;
  const auto part = parts.find(row.track.id);
  if (part == parts.end())
    row.state = "unique";
  else
    fill_from_plan(row, part->second);
  return row;
}

}  // namespace

void for_each_library_row(const Snapshot& snapshot, const Plan& plan,
                          const std::function<void(const LibraryRow&)>& visit) {
  const Parts parts = parts_of(plan);
  std::vector<std::pair<std::string, TrackId>> order;
  order.reserve(snapshot.track_count());
  snapshot.for_each_track([&](const TrackRecord& track) {
    order.emplace_back(track.path, track.id);
    if (track.place == TrackPlace::set_aside) return;  // all its names are set aside
    for (const std::string& link : track.link_paths)
      if (snapshot.find_path(link) == track.id) order.emplace_back(link, track.id);
  });
  std::sort(order.begin(), order.end());
  for (const auto& [path, id] : order)
    if (auto track = snapshot.track(id))
      visit(track->path == path ? make_row(*std::move(track), parts)
                                : make_link_row(*std::move(track), path));
}

}  // namespace echofold
