// On which side a copy stands when a folder is compared with everything known.
#pragma once

#include "engine/dedupe/plan.h"

namespace echofold {

/// Under settings.under; without any all are.
bool is_wanted(const TrackRecord& track, const PlanSettings& settings);

/// Under settings.new_folders.
bool is_new(const TrackRecord& track, const PlanSettings& settings);

/// Whether a copy that is not wanted can take part (settings.is_there).
bool is_there(const TrackRecord& track, const PlanSettings& settings);

/// With settings.only_under: copies that are not under it stay, and `why` says so.
void spare_others(Plan& plan, const PlanSettings& settings);

}  // namespace echofold
