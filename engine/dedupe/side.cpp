// See side.h.
#include "engine/dedupe/side.h"

#include <algorithm>

#include "engine/dedupe/rank.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

bool is_under_one(const TrackRecord& track, const std::vector<std::string>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return is_same_or_inside(track.path, folder); });
}

}  // namespace

bool is_wanted(const TrackRecord& track, const PlanSettings& settings) {
  return settings.under.empty() || is_under_one(track, settings.under);
}

bool is_new(const TrackRecord& track, const PlanSettings& settings) {
  return is_under_one(track, settings.new_folders);
}

bool is_there(const TrackRecord& track, const PlanSettings& settings) {
  return !settings.is_there || settings.is_there(track);
}

void spare_others(Plan& plan, const PlanSettings& settings) {
  if (!settings.only_under) return;
  for (PlanGroup& group : plan.groups)
    for (PlanDrop& drop : group.drops)
      if (drop.action != Action::none && !is_wanted(drop.file.track, settings)) {
        drop.action = Action::none;
        drop.why += "; stays: only new files are moved";
      }
}

}  // namespace echofold
