// See plan_shares.h.
#include "engine/report/plan_shares.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/report/layout.h"

namespace echofold {

void PlanDivision::add(std::string name, const PlanDrop& drop) {
  const auto [place, is_new] = places_.try_emplace(std::move(name), shares_.size());
  if (is_new) shares_.push_back({.name = place->first});
  PlanShare& share = shares_[place->second];
  const bool moves = drop.action == Action::move;
  ++(moves ? share.files_to_move : share.files_to_review);
  (moves ? share.bytes_to_move : share.bytes_to_review) += drop.file.track.stamp.size_bytes;
}

void PlanDivision::sort() {
  std::sort(shares_.begin(), shares_.end(), [](const PlanShare& x, const PlanShare& y) {
    return std::pair(y.bytes(), std::string_view(x.name)) < std::pair(x.bytes(), std::string_view(y.name));
  });
  for (std::size_t i = 0; i < shares_.size(); ++i) places_[shares_[i].name] = i;
}

std::size_t PlanDivision::index_of(const std::string& name) const {
  const auto place = places_.find(name);
  return place == places_.end() ? shares_.size() : place->second;
}

FolderNames::FolderNames(const Plan& plan, std::size_t most) : common_(common_folder(plan)) {
  constexpr std::size_t deepest = 4;
  for (std::size_t depth = 2; depth <= deepest; ++depth) {
    std::set<std::string> names;
    for (const PlanGroup& group : plan.groups)
      for (const PlanDrop& drop : group.drops)
        if (drop.action != Action::none) names.insert(at_depth(drop.file.track.path, depth));
    if (names.size() > most) return;
    depth_ = depth;
  }
}

std::string FolderNames::of(std::string_view path) const { return at_depth(path, depth_); }

std::string FolderNames::at_depth(std::string_view path, std::size_t depth) const {
  if (path.starts_with(common_)) path.remove_prefix(common_.size());
  const std::size_t folder_end = path.rfind('/');
  if (folder_end == path.npos) return ".";
  path = path.substr(0, folder_end);
  std::size_t end = path.starts_with('/') ? path.find('/', 1) : path.find('/');
  for (; depth > 1 && end != path.npos; --depth) end = path.find('/', end + 1);
  return std::string(path.substr(0, end));
}

std::string common_folder(const Plan& plan) {
  std::vector<std::string_view> paths;
  for (const PlanGroup& group : plan.groups) {
    paths.push_back(group.keep.track.path);
    for (const PlanDrop& drop : group.drops) paths.push_back(drop.file.track.path);
  }
  return common_folder(paths);
}

}  // namespace echofold
